"""Signs in for Schemathesis: a new user every few seconds, since the tests also sign out and erase."""

import itertools
import json
import os
import random
import urllib.request

import schemathesis

ORIGIN = os.environ.get("USERS_ORIGIN", "http://localhost:8080")
count = itertools.count(random.randrange(1_000_000))


def post(path, body):
    request = urllib.request.Request(
        ORIGIN + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@schemathesis.auth(refresh_interval=5)
class SignedIn:

    def get(self, case, context):
        number = next(count)
        person = {
            "surname": "Petrova",
            "name": "Anna",
            "email": f"schemathesis{number}@example.org",
            "number": f"+7996{number:07d}",
            "password": "blue kettle 47",
        }
        post("/users/auth/registration/", person)
        return post("/users/auth/token/", {"email": person["email"], "password": person["password"]})["access"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"
