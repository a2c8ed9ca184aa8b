//! A statement in JSON under both signatures, as one file that holds by itself: what is stated, the public keys, the
//! signature. Canonical after RFC 8785, so that the same statement is the same file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::signature::{DoubleSignature, PublicKeys, SignatureError, SigningKeys};

/// What is signed begins with this line, so that no signature over anything else can be passed off as one over a
/// statement.
const HEAD: &str = "biaochi run certificate\n";

/// A statement could not be written or signed, or does not hold.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// It has no canonical form.
    #[error("the statement has no canonical form: {0}")]
    Form(#[from] serde_json::Error),
    /// The signature could not be made, or does not hold.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// A signed statement: `{"certificate": …, "keys": …, "signature": …}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedStatement {
    certificate: Value,
    keys: PublicKeys,
    signature: DoubleSignature,
}

impl SignedStatement {
    /// Signs what is stated.
    ///
    /// # Errors
    ///
    /// [`StatementError`].
    pub fn sign(stated: Value, keys: &SigningKeys) -> Result<Self, StatementError> {
        let signature = keys.sign(&message(&stated)?)?;
        Ok(Self {
            certificate: stated,
            keys: keys.public_keys().clone(),
            signature,
        })
    }

    /// Reads the file; `None` where the text is something else.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// [`StatementError::Form`].
    pub fn print(&self) -> Result<String, StatementError> {
        Ok(serde_json_canonicalizer::to_string(self)?)
    }

    /// What is stated. It is to be believed after [`SignedStatement::verify`].
    pub const fn stated(&self) -> &Value {
        &self.certificate
    }

    /// The id of the keys that it names.
    pub fn key_id(&self) -> &str {
        self.keys.key_id()
    }

    /// Whether both signatures are those of the keys that the file names. Whose keys these are, the reader knows by
    /// [`SignedStatement::key_id`].
    ///
    /// # Errors
    ///
    /// [`StatementError`].
    pub fn verify(&self) -> Result<(), StatementError> {
        Ok(self.keys.verify(&message(&self.certificate)?, &self.signature)?)
    }
}

fn message(stated: &Value) -> Result<Vec<u8>, StatementError> {
    Ok(format!("{HEAD}{}", serde_json_canonicalizer::to_string(stated)?).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::SignedStatement;
    use crate::{key_file::KeyFile, randomness::OperatingSystem};
    use serde_json::json;

    #[test]
    fn a_statement_holds_by_its_file_alone_and_not_when_a_letter_changed() {
        let keys = KeyFile::generate(&OperatingSystem).unwrap();
        let stated = json!({ "grade": "标杆", "total": "85.1" });
        let signed = SignedStatement::sign(stated.clone(), keys.signing()).unwrap();
        let file = signed.print().unwrap();
        let read = SignedStatement::read(&file).unwrap();
        read.verify().unwrap();
        assert_eq!(
            (read.stated(), read.key_id()),
            (&stated, keys.signing().public_keys().key_id())
        );
        let again = SignedStatement::sign(stated, keys.signing()).unwrap();
        assert_eq!(again.print().unwrap(), file);
        for (right, wrong) in [("85.1", "85.0"), ("标杆", "特色"), ("\"total\"", "\"Total\"")] {
            let altered = SignedStatement::read(&file.replace(right, wrong)).unwrap();
            altered.verify().unwrap_err();
        }
        assert!(SignedStatement::read("{}").is_none());
    }
}
