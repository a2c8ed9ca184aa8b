//! The description of the API (OpenAPI 3.1), made from the table of routes.

use crate::{
    asked,
    extract::Json,
    problem::Answer,
    route::{Access, Described, Kind, Row, Verb},
    routes,
    state::Web,
};
use axum::extract::State;
use serde_json::{Map, Value, json};

/// Answers `/api/v1/openapi.json`.
pub(crate) async fn document(State(web): State<Web>) -> Answer<Json<Value>> {
    Ok(Json(describe(
        &web.platform.settings().base_url,
        web.build,
        routes::rows(),
    )))
}

/// The description of the rows that are calls of the API. Pure.
pub fn describe(base_url: &str, build: &str, rows: &[Row]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut schemas: Map<String, Value> = Map::new();
    schemas.insert("Problem".to_owned(), problem_schema());
    for row in rows.iter().filter(|row| row.kind == Kind::Api) {
        let path = row.path.replace("{*", "{");
        let operation = operation(row, &mut schemas);
        let methods = paths.entry(path).or_insert_with(|| json!({}));
        if let Value::Object(methods) = methods {
            methods.insert(row.verb.method().as_str().to_ascii_lowercase(), operation);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Biaochi 标尺",
            "version": build,
            "description": "The living ledger of the tasks and measures of 商资发〔2024〕314号. Chinese prevails.",
        },
        "servers": [{ "url": base_url }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": "A personal key, bound to scopes" },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::session::SESSION_COOKIE },
            },
        },
    })
}

fn operation(row: &Row, schemas: &mut Map<String, Value>) -> Value {
    let mut parameters: Vec<Value> = row
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let header = |name: &str, description: &str| json!({ "name": name, "in": "header", "schema": { "type": "string" }, "description": description });
    parameters.extend(asked::of(row).iter().map(asked::described));
    if row.verb != Verb::Get {
        parameters.push(header(
            "Idempotency-Key",
            "Kept with the commit for 7 days: the same call again is done once",
        ));
        parameters.push(header(
            "If-Match",
            "The version of what is changed that the caller has seen",
        ));
    }
    let mut answer = json!({ "description": "Done" });
    if let Some(describe) = row.answers {
        let item = reference(describe(), schemas);
        let schema = if row.paged {
            json!({
                "type": "object",
                "required": ["items", "next", "total"],
                "properties": {
                    "items": { "type": "array", "items": item },
                    "next": { "type": ["string", "null"] },
                    "total": { "type": "integer", "minimum": 0 },
                },
            })
        } else {
            item
        };
        answer["content"] = json!({ "application/json": { "schema": schema } });
    }
    let problem = json!({
        "description": "Refused or failed",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    });
    let mut operation = json!({
        "operationId": row.name,
        "summary": row.summary,
        "parameters": parameters,
        "responses": { "200": answer, "default": problem },
    });
    if let Some(describe) = row.takes {
        let schema = reference(describe(), schemas);
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    match row.access {
        Access::Public => {}
        Access::SignedIn => operation["security"] = json!([{ "key": [] }, { "session": [] }]),
        Access::Right(action) => {
            operation["security"] = json!([{ "key": [] }, { "session": [] }]);
            operation["x-right"] = json!(action.id());
        }
    }
    operation
}

/// Puts a type among the schemas and refers to it.
fn reference(described: Described, schemas: &mut Map<String, Value>) -> Value {
    schemas.extend(described.others);
    let reference = json!({ "$ref": format!("#/components/schemas/{}", described.name) });
    schemas.insert(described.name, described.schema);
    reference
}

fn problem_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "rule", "errors"],
        "properties": {
            "type": text,
            "title": text,
            "status": { "type": "integer" },
            "detail": text,
            "rule": { "type": "object", "properties": { "id": text, "source": text } },
            "errors": { "type": "array", "items": { "type": "object", "properties": { "field": text, "code": text, "detail": text } } },
            "request": text,
        },
    })
}
