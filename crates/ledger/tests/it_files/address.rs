//! How `--files` is written.

use ledger::files::{Digest, FilesUrl, S3Address};
use proptest::prelude::*;

#[test]
fn a_path_is_a_folder() {
    for text in ["./data/files", "/var/lib/biaochi/files", "C:/biaochi/files", "文件"] {
        assert_eq!(FilesUrl::parse(text).unwrap(), FilesUrl::Folder(text.into()));
    }
    assert_eq!(
        FilesUrl::parse("file:///srv/%E6%96%87%E4%BB%B6").unwrap(),
        FilesUrl::Folder("/srv/文件".into())
    );
}

#[test]
fn a_bucket_has_prefix_endpoint_and_region() {
    assert_eq!(
        FilesUrl::parse("s3://biaochi/prod/files/?endpoint=http://10.0.0.7:9000/&region=cn-south-1").unwrap(),
        FilesUrl::S3(S3Address {
            bucket: "biaochi".to_owned(),
            prefix: "prod/files".to_owned(),
            endpoint: Some("http://10.0.0.7:9000".to_owned()),
            region: "cn-south-1".to_owned(),
        })
    );
    assert_eq!(
        FilesUrl::parse("s3://biaochi").unwrap(),
        FilesUrl::S3(S3Address {
            bucket: "biaochi".to_owned(),
            prefix: String::new(),
            endpoint: None,
            region: "us-east-1".to_owned(),
        })
    );
    assert_eq!(
        FilesUrl::parse("s3://biaochi?endpoint=https%3A%2F%2Foss.example.cn").unwrap(),
        FilesUrl::parse("s3://biaochi/?endpoint=https://oss.example.cn").unwrap()
    );
}

#[test]
fn what_is_neither_is_refused_with_the_reason() {
    for (text, why) in [
        ("", "empty"),
        ("ftp://host/files", "only file:// and s3://"),
        ("file://host/files", "three slashes"),
        ("s3://", "a bucket has"),
        ("s3://Upper/x", "a bucket has"),
        ("s3://bucket/../secret", "a prefix has"),
        ("s3://bucket/a//b", "a prefix has"),
        ("s3://bucket/x?endpoint=minio:9000", "http:// or https://"),
        ("s3://bucket/x?region=", "region is empty"),
        ("s3://bucket/x?secret=1", "only endpoint and region"),
    ] {
        let error = FilesUrl::parse(text).unwrap_err().to_string();
        assert!(error.contains(why), "{text}: {error}");
    }
}

#[test]
fn a_digest_is_64_lower_case_digits() {
    let digest = Digest::of("清单".as_bytes());
    assert_eq!(Digest::parse(&digest.to_string()).unwrap(), digest);
    assert_eq!(
        serde_json::from_str::<Digest>(&serde_json::to_string(&digest).unwrap()).unwrap(),
        digest
    );
    let upper = digest.to_string().to_uppercase();
    for text in [
        "",
        "ab",
        "../../../etc/passwd",
        upper.as_str(),
        &"é".repeat(32),
        &"g".repeat(64),
    ] {
        assert!(Digest::parse(text).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn a_bucket_is_printed_as_it_is_read(
        bucket in "[a-z0-9][a-z0-9.-]{1,30}[a-z0-9]",
        prefix in "([a-zA-Z0-9_-]{1,8}(/[a-zA-Z0-9_-]{1,8}){0,3})?",
        endpoint in proptest::option::of("https?://[a-z0-9.]{1,20}(:[0-9]{2,5})?"),
        region in "[a-z]{2}-[a-z]{4,6}-[0-9]",
    ) {
        let address = FilesUrl::S3(S3Address { bucket, prefix, endpoint, region });
        prop_assert_eq!(FilesUrl::parse(&address.to_string()).unwrap(), address);
    }

    #[test]
    fn no_text_makes_the_reader_fail_otherwise_than_by_refusing(text in ".{0,80}") {
        let _ = FilesUrl::parse(&text);
        let _ = FilesUrl::parse(&format!("s3://{text}"));
        let _ = Digest::parse(&text);
    }
}
