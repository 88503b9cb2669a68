"""The floor of the accept path: a Flask view that checks the signature, reads JSON, answers 200."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os

from flask import Flask, Response, request


def create_app() -> Flask:
    """Nothing is stored: no webhook that checks signatures in Flask can be faster."""
    app = Flask("floor", static_folder=None)
    secret = os.environ["LINE_CHANNEL_SECRET"].encode()

    @app.post("/line/webhook")
    def webhook() -> Response:
        body = request.get_data(cache=False)
        digest = base64.b64encode(hmac.digest(secret, body, hashlib.sha256)).decode()
        if not hmac.compare_digest(digest, request.headers.get("X-Line-Signature", "")):
            return Response("signature does not match", 401)
        json.loads(body)
        return Response("ok", mimetype="text/plain")

    @app.get("/readyz")
    def readyz() -> Response:
        return Response("ok")

    return app
