"""A headless Chromium without a network, for the check of the page."""

import json
import shutil
import sys

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
except ImportError:
    sys.exit("Python's selenium is missing. Install it into a virtual environment: pip install selenium")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def started(profile, width=1400, height=900):
    """Chromium with an empty profile folder."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        sys.exit("Chromium or its driver is missing. Install the packages chromium and chromium-driver.")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in [*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    chrome.set_script_timeout(60)
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return chrome


def requests(chrome):
    """Addresses of all that was asked for since the last call."""
    messages = [json.loads(entry["message"])["message"] for entry in chrome.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def console(chrome):
    """What was written to the console since the last call, with its level."""
    return [f"{entry['level']}: {entry['message']}" for entry in chrome.get_log("browser")]


def heap(chrome):
    """Bytes of the JavaScript heap in use after a collection."""
    chrome.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    return chrome.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]


# How many pixels of each canvas differ from its commonest one, and of how many colours they are.
DRAWN = """
return [...document.querySelectorAll(arguments[0])].map((canvas) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const pen = copy.getContext("2d", { willReadFrequently: true }); // Else the browser warns of slow reading.
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Map();
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] < 100) continue;
    const key = `${data[i] >> 5},${data[i + 1] >> 5},${data[i + 2] >> 5}`;
    colours.set(key, (colours.get(key) ?? 0) + 1);
  }
  return { inked: [...colours.values()].reduce((a, b) => a + b, 0), colours: [...colours.values()].filter((n) => n > 8).length,
           sum: data.reduce((a, b, i) => (a * 31 + b * (i + 1)) % 1000000007, 7) };
});
"""


def drawn(chrome, selector):
    """What is on the canvases: pixels with ink, colours, a sum that changes with the picture."""
    return chrome.execute_script(DRAWN, selector)
