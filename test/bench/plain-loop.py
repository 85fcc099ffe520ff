"""The loop that sdloop replaces: one request at a time, a new connection for each."""

import sys

url, model, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
body = {
    "prompt": "a lighthouse at dusk",
    "width": 480,
    "height": 270,
    "batch_size": 1,
    "steps": 20,
    "override_settings": {"sd_model_checkpoint": model},
    "save_images": True,
    "send_images": False,
}

try:
    import requests

    def generate():
        requests.post(f"{url}/sdapi/v1/txt2img", json=body).raise_for_status()

except ImportError:
    import json
    import urllib.request

    def generate():
        request = urllib.request.Request(
            f"{url}/sdapi/v1/txt2img",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request).read()


for _ in range(count):
    generate()
