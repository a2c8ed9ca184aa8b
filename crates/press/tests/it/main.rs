//! What the press promises: the same bytes, nothing within reach, what is lacking said.

use press::{Fonts, Job, Lacking, Profile, is_sound_picture, picture_name, print, raster};

const HEAD: &str =
    "#set document(title:\"试\",date:datetime(year:2026,month:1,day:1))\n#set text(font:\"宋体\",lang:\"zh\")\n";

/// One pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0,
    1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The faces of this machine; without them a test says that it was skipped.
fn fonts() -> Option<Fonts> {
    match Fonts::find(Profile::Screen, &press::folders(None)) {
        Ok(fonts) => Some(fonts),
        Err(lacking) => {
            eprintln!("skipped: {lacking}; install {:?}", lacking.profile.package());
            None
        }
    }
}

fn job(program: &str) -> Job {
    Job {
        program: format!("{HEAD}{program}"),
        pictures: Vec::new(),
    }
}

#[test]
fn the_same_job_gives_the_same_archived_bytes() {
    let Some(fonts) = fonts() else { return };
    let job = job("= #\"标题\"\n#\"文字\"#pagebreak()#\"第二页\"");
    let first = print(&job, &fonts).unwrap();
    assert_eq!(first.pages, 2);
    assert!(first.missing.is_empty());
    assert!(first.bytes.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&first.bytes);
    assert!(
        text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("<pdfaid:conformance>A</pdfaid:conformance>")
    );
    assert_eq!(first.bytes, print(&job, &fonts).unwrap().bytes);
}

#[test]
fn a_program_reaches_nothing_but_its_job() {
    let Some(fonts) = fonts() else { return };
    for program in [
        "#read(\"/etc/hostname\")",
        "#read(\"program.typ\")",
        "#image(\"/etc/hostname\")",
        "#image(\"picture-1\")",
        "#include \"other.typ\"",
        "#import \"@preview/cetz:0.3.0\"",
        "#datetime.today().display()",
    ] {
        let fault = print(&job(program), &fonts).unwrap_err();
        assert_eq!(fault.line, Some(3), "{program}: {fault}");
    }
}

#[test]
fn a_character_without_a_face_is_told_and_a_sign_stands_for_it() {
    let Some(fonts) = fonts() else { return };
    let printed = print(&job("#\"甲\u{10fffd}乙\u{1f600}\u{200b}\""), &fonts).unwrap();
    assert_eq!(printed.missing, ['\u{1f600}', '\u{10fffd}']);
}

#[test]
fn a_picture_is_sound_or_not_before_it_is_set() {
    let Some(fonts) = fonts() else { return };
    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text y=\"9\">\xe5\x9b\xbe</text></svg>";
    let reaching =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" \
        height=\"9\"><image xlink:href=\"/etc/hostname\" width=\"9\" height=\"9\"/></svg>";
    assert!(is_sound_picture(PNG, &fonts));
    assert!(is_sound_picture(svg, &fonts));
    for bad in [&b""[..], b"no picture", &PNG[..40], b"<svg", reaching] {
        assert!(!is_sound_picture(bad, &fonts), "{bad:?}");
    }
    let shown = Job {
        pictures: vec![PNG.to_vec()],
        ..job(&format!("#image(\"{}\",alt:\"点\")", picture_name(0)))
    };
    assert_eq!(print(&shown, &fonts).unwrap().pages, 1);
}

#[test]
fn what_is_lacking_is_named() {
    let nowhere = tempfile::tempdir().unwrap();
    let lacking = Fonts::find(Profile::Screen, &[nowhere.path().to_owned()])
        .err()
        .unwrap();
    assert_eq!(
        lacking,
        Lacking {
            profile: Profile::Screen,
            families: vec!["Noto Serif CJK SC".to_owned(), "Noto Sans CJK SC".to_owned()],
        }
    );
    assert_eq!(lacking.profile.package(), Some("fonts-noto-cjk"));
}

#[test]
fn an_svg_becomes_a_png_and_reaches_nothing() {
    let Some(fonts) = fonts() else { return };
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" height=\"20\" fill=\"white\"/>\
               <text x=\"2\" y=\"15\">标</text></svg>";
    let png = raster(svg.as_bytes(), &fonts).unwrap();
    assert!(png.starts_with(&[0x89, b'P', b'N', b'G']));
    assert_eq!(png.get(16..24), Some(&[0, 0, 0, 120, 0, 0, 0, 60][..]));
    assert_eq!(raster(svg.as_bytes(), &fonts).unwrap(), png);
    // The words are drawn: without them it is another picture.
    let bare = svg.replace('标', "");
    assert_ne!(raster(bare.as_bytes(), &fonts).unwrap(), png);
    // A file that it names is not looked at: with and without it the picture is the same.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.png");
    std::fs::write(&file, PNG).unwrap();
    let naming = |path: &str| {
        let image = format!("<image href=\"{path}\" width=\"40\" height=\"20\"/></svg>");
        raster(svg.replace("</svg>", &image).as_bytes(), &fonts).unwrap()
    };
    assert_eq!(naming(&file.display().to_string()), naming("nothing.png"));
    assert_eq!(raster(b"no picture", &fonts), None);
}
