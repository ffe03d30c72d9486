"""Journey 1, start: from one command to a usable page, again in seconds with the data kept, with printed sign-ins."""

import re

import pytest

from tests.browser.conftest import PASSWORD, PHONE, Enter, Product

pytestmark = pytest.mark.browser
ROLES = 7


def printed_sign_ins(product: Product) -> dict[str, str]:
    """Name -> role, as the terminal shows them."""
    table = product.printed().partition("Nama masuk")[2]
    return dict(re.findall(r"^([a-z]+-[a-z]+) +(\S.*?)  +\S", table, flags=re.M))


def test_the_first_page_is_usable_within_two_minutes(product: Product, enter: Enter) -> None:
    assert product.seconds_to_first_page < 120
    visitor = enter()
    answer = visitor.open("/")
    assert answer.status == 200
    assert "Uang daerah menjadi apa?" in visitor.text()
    assert "Jawa Timur" in visitor.text()


def test_the_terminal_names_address_password_and_one_sign_in_for_each_role(product: Product) -> None:
    assert f"Manfaat berjalan di {product.url}/" in product.printed()
    assert f"{product.url}/akun/masuk/ dengan kata sandi: {PASSWORD}" in product.printed()
    assert len(set(printed_sign_ins(product).values())) == ROLES


def test_every_printed_sign_in_opens_its_desk(product: Product, enter: Enter) -> None:
    names = printed_sign_ins(product)
    assert len(names) > 10
    context = enter().page.context
    for name in names:
        context.clear_cookies()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', context.request.get("/akun/masuk/").text())
        assert token
        answer = context.request.post(
            "/akun/masuk/",
            form={"csrfmiddlewaretoken": token[1], "login": name, "password": PASSWORD},
            headers={"Referer": f"{product.url}/akun/masuk/"},
        )
        assert answer.url.endswith("/beranda/"), name
        assert "Buka rapor" in answer.text(), name


def test_a_wrong_password_is_refused_in_words_and_keeps_the_name(enter: Enter) -> None:
    visitor = enter(viewport=PHONE)
    visitor.open("/akun/masuk/")
    visitor.page.fill("input[name=login]", "toba-bupati")
    visitor.page.fill("input[name=password]", "bukan sandinya")
    visitor.press("Masuk", within="main")
    assert visitor.page.get_by_role("alert").is_visible()
    assert visitor.page.input_value("input[name=login]") == "toba-bupati"
    assert visitor.open("/beranda/").url.endswith("/akun/masuk/?next=/beranda/")


def test_a_person_signs_in_and_out_again(enter: Enter) -> None:
    leader = enter()
    leader.sign_in("toba-bupati")
    assert "Yang harus saya lakukan" in leader.text()
    leader.press("Keluar", within=".site-head")
    leader.press("Keluar", within="main")
    leader.page.wait_for_url("**/")
    assert "Masuk" in leader.text(".site-head")
    assert leader.open("/pemda/12.12/").url.endswith("/akun/masuk/?next=/pemda/12.12/")


def test_a_second_start_is_quick_and_keeps_the_data_and_the_session(product: Product, enter: Enter) -> None:
    leader = enter("contoh-bupati")
    leader.open("/pemda/99.01/")
    before = leader.text()
    shown = len(product.printed())
    assert product.stop() == 0
    seconds = product.start()
    assert seconds < min(60, product.seconds_to_first_page)
    assert "Data demo siap." in product.printed()[shown:]
    assert not re.search(r": \d+$", product.printed()[shown:], flags=re.M)  # nothing was entered a second time
    leader.open("/pemda/99.01/")
    assert leader.text() == before
