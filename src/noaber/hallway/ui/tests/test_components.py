"""Components as a page uses them: through the template tags."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

LOAD = "{% load noaber_ui noaber_charts %}"


def show(source: str, **context: object) -> str:
    return Template(LOAD + source).render(Context(context))


class Call(forms.Form):
    phone = forms.CharField(label="Telefoon", help_text="Tien cijfers")
    danger = forms.ChoiceField(
        label="Gevaar?", choices=[("no", "Nee"), ("yes", "Ja")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label="Akkoord")
    note = forms.CharField(label="Wensen", required=False, widget=forms.Textarea)


def ids(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = show("{% field form.phone width='m' autocomplete='tel' %}", form=Call({}))
    assert '<label for="id_phone">' in html
    assert 'aria-describedby="id_phone_hint id_phone_error"' in html
    assert {"id_phone", "id_phone_hint", "id_phone_error"} <= ids(html)
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="tel"' in html
    assert 'class="w-m"' in html


def test_a_field_without_hint_or_error_points_nowhere() -> None:
    html = show("{% field form.note rows=3 %}", form=Call())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html
    assert "(mag leeg)" in html
    assert 'rows="3"' in html


def test_a_group_of_radios_is_a_fieldset_with_a_legend() -> None:
    html = show("{% field form.danger %}", form=Call({}))
    assert re.search(r"<fieldset[^>]*aria-describedby=\"id_danger_error\"", html)
    assert "<legend>Gevaar?" in html
    assert html.count('type="radio"') == 2
    assert '<label for="id_danger_0">Nee</label>' in html


def test_the_error_summary_links_to_controls_that_exist() -> None:
    form = Call({})
    form.add_error(None, "Dit kan nu niet.")
    html = show("{% error_summary form %}", form=form)
    page = show("{% field form.phone %}{% field form.danger %}{% field form.consent %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_phone", "id_danger_0", "id_consent"]
    assert set(targets) <= ids(page)
    assert 'role="alert"' in html
    assert "Er kloppen nog 4 dingen niet" in html
    assert "Dit kan nu niet." in html


def test_a_form_that_was_not_sent_has_no_error_summary() -> None:
    assert show("{% error_summary form %}", form=Call()).strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% mark 'done' word %}",
        "{% chip 'ggz' word missing=True %}",
        "{% doubt 'derived' word %}",
        "{% card title=word %}x{% endcard %}",
        "{% notice 'warm' title=word %}x{% endnotice %}",
        "{% empty title=word %}x{% endempty %}",
        "{% person word role=word text=word hours=word phone=word %}",
        "{% offer word text=word kind=word state='done' state_word=word act=word %}",
        "{% figure word word unit=word note=word %}",
        "{% crumbs word word word %}",
    ],
)
def test_no_component_lets_text_become_markup(source: str) -> None:
    html = show(source, word="<script>x</script>")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_card_escapes_what_its_content_escapes_and_no_more() -> None:
    html = show("{% card title='A' %}<p>{{ word }}</p>{% endcard %}", word="<i>")
    assert "<p>&lt;i&gt;</p>" in html
    assert 'aria-labelledby="a"' in html


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="unknown mark"):
        show("{% mark 'green' 'Goed' %}")


def test_a_missing_chip_says_so_in_words() -> None:
    assert "mist: ervaring" in show("{% chip 'lived_experience' missing=True %}")


def test_the_timeline_marks_the_step_that_is_now() -> None:
    steps = [
        {"state": "done", "title": "Gestuurd", "when": "16 november"},
        {"state": "now", "title": "Kies"},
        {"state": "next", "title": "Gesprek", "when": "26 november"},
    ]
    html = show("{% timeline steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "Gedaan:" in html
    assert "Straks:" in html


def test_a_figure_that_is_not_counted_is_a_dash_and_zero_is_zero() -> None:
    assert "<b>–</b>" in show("{% figure None 'Geteld' %}")
    zero = show("{% figure 0 'Geteld' n=0 %}")
    assert "<b>0</b>" in zero
    assert "n = 0" in zero


def test_a_table_names_the_column_in_each_cell_for_a_phone() -> None:
    html = show(
        "{% table columns rows 'Verwijzingen' %}",
        columns=["Vraag", ("Dag", "r")],
        rows=[("V-1", 11), {"cells": ("V-2", 3), "url": "/v/2/"}],
    )
    assert html.count('data-head="Dag"') == 2
    assert '<th scope="row"><a href="/v/2/">V-2</a></th>' in html
    assert '<td class="r" data-head="Dag">11</td>' in html


def test_a_table_refuses_a_row_with_a_cell_too_many() -> None:
    with pytest.raises(ValueError, match="zip"):
        show("{% table columns rows 'x' %}", columns=["Een"], rows=[("a", "b")])


def test_pages_keep_what_was_searched() -> None:
    request = RequestFactory().get("/", {"zoek": "a b", "pagina": "2"})
    html = show("{% pages page %}", page=Paginator(range(100), 10).page(2), request=request)
    assert 'href="?zoek=a+b&amp;pagina=3"' in html
    assert 'aria-current="page"' in html
    assert show("{% pages page %}", page=Paginator([1], 10).page(1)).strip() == ""


def test_a_message_can_be_taken_back_and_an_error_is_an_alert() -> None:
    messages = [
        Message(constants.SUCCESS, "Bewaard.", extra_tags="undo:/terug/1/"),
        Message(constants.ERROR, "<b>Nee</b>"),
    ]
    html = show("{% feedback %}", messages=messages, csrf_token="token")
    assert 'action="/terug/1/"' in html
    assert 'value="token"' in html
    assert 'role="status"' in html
    assert 'role="alert"' in html
    assert "&lt;b&gt;" in html


def test_progress_stays_between_nothing_and_all() -> None:
    assert 'value="5" max="5"' in show("{% progress 9 5 'Klaar' %}")
    assert "0 van 5" in show("{% progress -1 5 'Leeg' %}")


def test_items_may_be_objects_or_mappings() -> None:
    items = [SimpleNamespace(label="Een", url="/1/", text=""), {"label": "Twee", "url": "/2/"}]
    html = show("{% links items %}", items=items)
    assert 'href="/1/"' in html
    assert 'href="/2/"' in html


def test_the_people_of_the_demo_each_have_a_button_with_their_name() -> None:
    people = [{"key": "fatma", "name": "Fatma Yilmaz", "role": "Inwoner"}]
    html = show("{% demo_people people '/demo/' %}", people=people, csrf_token="t")
    assert 'value="fatma"' in html
    assert "als Fatma Yilmaz" in html
