"""The language of a page: Indonesian first, English by choice."""

from django.test import Client


def test_a_browser_that_prefers_english_still_gets_indonesian() -> None:
    response = Client().get("/tidak-ada/", headers={"accept-language": "en-US,en"})
    assert 'lang="id"' in response.content.decode()


def test_a_browser_that_chose_english_gets_english() -> None:
    client = Client()
    client.post("/bahasa/setlang/", {"language": "en", "next": "/"})
    assert 'lang="en"' in client.get("/tidak-ada/").content.decode()


def test_an_unknown_language_in_the_cookie_is_ignored() -> None:
    client = Client()
    client.cookies["django_language"] = "xx<script>"
    assert 'lang="id"' in client.get("/tidak-ada/").content.decode()
