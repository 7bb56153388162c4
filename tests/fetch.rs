//! `specid library fetch`, against a server of this machine.

mod common;

use common::lab::Lab;
use common::made::msp;
use common::text;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::net::TcpListener;

/// Serves one answer to every request.
fn server(head: &'static str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    format!("http://{address}/massbank.msp")
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

#[test]
fn a_published_library_is_downloaded_checked_and_imported() {
    let lab = Lab::new();
    let list = lab.home.run(&["library", "fetch"]);
    assert_eq!(list.code, 0);
    for word in ["massbank", "swgdrug", "licence"] {
        assert!(list.out.contains(word), "{}", list.out);
    }
    let body = msp("Delta", 4, 5).into_bytes();
    let good = server("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", body.clone());
    let wrong = lab.run(&[
        "fetch",
        "massbank",
        "--url",
        &good,
        "--sha256",
        &"0".repeat(64),
    ]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains(&hash(&body)), "{}", wrong.err);
    let ran = lab.run(&[
        "fetch",
        "massbank",
        "--url",
        &good,
        "--sha256",
        &hash(&body),
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["added"], 4);
    let entry = lab.run(&["show", "delta-2", "--format", "json"]).json();
    assert_eq!(entry["provenance"]["origin"], "MassBank");
    assert_eq!(entry["provenance"]["sha256"], hash(&body));
    assert!(
        entry["provenance"]["licence"]
            .as_str()
            .unwrap()
            .contains("each record")
    );
    assert_eq!(lab.log()[1]["sources"][0]["sha256"], hash(&body));

    // What was downloaded by hand.
    let file = lab.home.file("swgdrug.msp", msp("Epsilon", 2, 6));
    let ran = lab.run(&[
        "fetch",
        "swgdrug",
        "--from",
        text(&file),
        "--format",
        "json",
    ]);
    assert_eq!(ran.json()["added"], 2, "{}", ran.err);
    let by_hand = lab.run(&["fetch", "swgdrug"]);
    assert_eq!(by_hand.code, 2);
    assert!(
        by_hand.err.contains("swgdrug.org") && by_hand.err.contains("--from"),
        "{}",
        by_hand.err
    );
    let unknown = lab.run(&["fetch", "nist"]);
    assert!(
        unknown.err.contains("known are massbank"),
        "{}",
        unknown.err
    );
}

#[test]
fn without_a_network_it_says_what_to_do() {
    let lab = Lab::new();
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let cut = server(
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n",
        b"Name: x\n".to_vec(),
    );
    let gone = server(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        Vec::new(),
    );
    for url in [format!("http://{closed}/a.msp"), cut, gone] {
        let ran = lab.run(&["fetch", "massbank", "--url", &url]);
        assert_eq!(ran.code, 2, "{url}");
        assert!(
            ran.err.contains("--from FILE") || ran.err.contains("broke off"),
            "{}",
            ran.err
        );
    }
    assert_eq!(lab.info()["generation"], 1);
}
