//! A driver: one headless Chromium, spoken to in the W3C WebDriver protocol through Debian's
//! chromedriver, and ended with the test.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser window.
pub struct Browser {
    session: String,
    client: reqwest::Client,
    driver: Child,
    /// The profile, away from the user's own; it goes with the browser.
    _profile: TempDir,
}

impl Browser {
    /// A window of `width` CSS pixels, or `None` with a printed line where there is no
    /// chromedriver. In CI there must be one.
    pub async fn open(width: u32, dark: bool) -> Option<Self> {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let Ok((driver, port)) = started(&client).await else {
            assert!(std::env::var_os("CI").is_none(), "no chromedriver in CI: see .ci/run");
            println!("skipped: no chromedriver here (Debian: apt install chromium-driver)");
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder");
        let scheme = if dark { 0 } else { 1 };
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--no-first-run".to_owned(),
            "--hide-scrollbars".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
            format!("--blink-settings=preferredColorScheme={scheme}"),
        ];
        let base = format!("http://127.0.0.1:{port}/session");
        let mut browser = Self { session: base, client, driver, _profile: profile };
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL"},
            // A headless window is never narrower than 500 pixels; a phone is emulated.
            "goog:chromeOptions": {
                "args": arguments,
                "mobileEmulation": {"deviceMetrics": {"width": width, "height": 900, "pixelRatio": 1.0, "mobile": width < 700}},
            },
        }}});
        let session = browser.post("", wanted).await;
        let id = session["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {session}"));
        browser.session = format!("{}/{id}", browser.session);
        Some(browser)
    }

    /// Opens an address and waits until it is loaded.
    pub async fn go(&self, url: &str) {
        self.post("/url", json!({ "url": url })).await;
    }

    /// What a script returns on the open page.
    pub async fn script(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Clicks the first element that a CSS selector finds, as a mouse would: it must be visible.
    pub async fn click(&self, selector: &str) {
        let found =
            self.post("/element", json!({"using": "css selector", "value": selector})).await;
        let reference = found.as_object().and_then(|o| o.values().next()).and_then(Value::as_str);
        let reference = reference.unwrap_or_else(|| panic!("no element {selector}: {found}"));
        self.post(&format!("/element/{reference}/click"), json!({})).await;
    }

    /// What the page's console said: refused requests, script errors.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.post("/se/log", json!({"type": "browser"})).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().filter_map(|e| e["message"].as_str().map(str::to_owned)).collect()
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let address = format!("{}{path}", self.session);
        let request = self.client.post(&address).body(body.to_string());
        let answer = request.send().await.expect("chromedriver answers");
        let text = answer.text().await.expect("a body");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{path}: {}", value["message"]);
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium is the driver's child: it is told to go, then the driver is ended.
        let address = self.session.clone();
        if let Some(place) = address.strip_prefix("http://")
            && let Some((host, path)) = place.split_once('/')
            && let Ok(mut stream) = TcpStream::connect(host)
        {
            let _ = write!(
                stream,
                "DELETE /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
            );
            // The driver keeps the connection open: its answer is waited for, not its end.
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            let _ = stream.read(&mut [0; 64]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A driver that answers, and its port. A server of another test may take the port before the driver
/// does, which ends the driver: then another port is tried.
async fn started(client: &reqwest::Client) -> std::io::Result<(Child, u16)> {
    for _ in 0..5 {
        let port = free_port();
        let mut driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .spawn()?;
        if is_ready(client, &mut driver, port).await {
            return Ok((driver, port));
        }
        let _ = driver.kill();
        let _ = driver.wait();
    }
    panic!("chromedriver answers at none of five ports");
}

/// A port that nobody listens at now. The driver could choose one itself, but says which only when
/// its output is a terminal.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Waits until the driver says that it is ready; `false` where it has ended, or says nothing.
async fn is_ready(client: &reqwest::Client, driver: &mut Child, port: u16) -> bool {
    let status = format!("http://127.0.0.1:{port}/status");
    for _ in 0..300 {
        if driver.try_wait().expect("the driver's state").is_some() {
            return false;
        }
        if let Ok(answer) = client.get(&status).send().await
            && let Ok(text) = answer.text().await
            && let Ok(answer) = serde_json::from_str::<Value>(&text)
            && answer["value"]["ready"] == true
        {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    false
}
