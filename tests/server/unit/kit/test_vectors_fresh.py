import importlib.util
from pathlib import Path

VECTORS = Path(__file__).parents[3] / "vectors"


def test_committed_vectors_are_what_the_generator_writes():
    spec = importlib.util.spec_from_file_location("generate", VECTORS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    for name, document in generate.documents().items():
        assert (VECTORS / name).read_text("utf-8") == generate.rendered(document), name
