"""The example in `docs/howto/python-api.md` runs as it is printed."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "howto" / "python-api.md"


def test_example_of_the_python_api_runs() -> None:
    text = PAGE.read_text(encoding="utf-8").replace("```python\n", "\n").replace("```\n", "\n")
    test = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    result = runner.summarize(verbose=False)
    assert result.attempted >= 25
    assert result.failed == 0, "".join(said)
