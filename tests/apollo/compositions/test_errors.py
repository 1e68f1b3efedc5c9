"""Who composed with @apollo/composition finds the same sets refused, with the same codes."""

import pytest

from tests.apollo.compositions.composing import Apollo, Huitong
from tests.apollo.compositions.differences import ERRORS, NOT_COMPOSED
from tests.apollo.compositions.set_files import SourceSet, small_sets

SETS = small_sets()
REFUSED = [one for one in SETS if one.code is not None]


@pytest.mark.parametrize("one", SETS, ids=str)
def test_the_same_codes(apollo: Apollo, huitong: Huitong, one: SourceSet) -> None:
    theirs, ours = apollo.outcomes[one.title], huitong.of(one)
    if one.title in ERRORS:
        expected = ERRORS[one.title]
        assert (theirs.codes, ours.codes) == (expected.theirs, expected.ours), (
            theirs.messages,
            ours.messages,
        )
        assert theirs.codes != ours.codes
    else:
        assert ours.codes == theirs.codes, (theirs.messages, ours.messages)


@pytest.mark.parametrize("one", SETS, ids=str)
def test_a_set_is_what_its_title_says(apollo: Apollo, one: SourceSet) -> None:
    codes = {*apollo.outcomes[one.title].codes}
    if one.title in ERRORS:
        codes |= {*ERRORS[one.title].ours}
    if one.code is not None:
        assert one.code in codes
    elif one.title not in ERRORS:
        assert codes == set()


def test_every_code_has_a_set(apollo: Apollo) -> None:
    found = {code for one in REFUSED for code in apollo.outcomes[one.title].codes}
    assert found & apollo.error_codes == apollo.error_codes - {*NOT_COMPOSED}
    assert len(REFUSED) > len(found)


def test_titles_are_told_apart_and_explanations_belong_to_sets() -> None:
    titles = [one.title for one in SETS]
    assert len(titles) == len({*titles})
    assert {*ERRORS} <= {*titles}
