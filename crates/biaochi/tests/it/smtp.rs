//! An SMTP server on loopback that takes every letter and records it.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

/// The server: its port, and the letters as they come.
pub struct Smtp {
    pub port: u16,
    pub letters: Receiver<String>,
}

impl Smtp {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, letters) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ended = converse(&stream, &sender);
            }
        });
        Self { port, letters }
    }
}

fn converse(stream: &TcpStream, letters: &Sender<String>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream);
    let mut writer = stream;
    writer.write_all(b"220 loopback\r\n")?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        let word = line.get(..4).unwrap_or("").to_uppercase();
        line.clear();
        match word.as_str() {
            "DATA" => {
                writer.write_all(b"354 go on\r\n")?;
                let mut letter = String::new();
                while lines.read_line(&mut line)? > 0 && line != ".\r\n" {
                    letter.push_str(&line);
                    line.clear();
                }
                line.clear();
                writer.write_all(b"250 taken\r\n")?;
                let _nobody_listens = letters.send(letter);
            }
            "QUIT" => return writer.write_all(b"221 bye\r\n"),
            _ => writer.write_all(b"250 ok\r\n")?,
        }
    }
    Ok(())
}
