"""Certificates are checked, and what fails is told as TLS."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.http_server import FeedServer, redirect
from tests.net.conftest import Refused, a_fetcher
from tui.errors import Code, HuoyuanError
from tui.net.fetch import Fetcher
from tui.net.limits import Limits

FEED = b"<rss/>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for `localhost`, its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("making a certificate needs the openssl program")
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", path, "-out", path.with_suffix(".crt")),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + path.with_suffix(".crt").read_bytes())
    return path


@pytest.fixture
def secure(certificate: Path) -> ssl.SSLContext:
    """The server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_a_certificate_that_is_trusted_for_that_name_works(
    certificate: Path, secure: ssl.SSLContext
) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    with FeedServer({"/": FEED}, tls=secure) as server:
        async with Fetcher(Limits(), "huoyuan-test/1", verify=trusting) as fetcher:
            named = server.url().replace("127.0.0.1", "localhost")
            assert (await fetcher.fetch(named, allow_private=True)).body == FEED
            with pytest.raises(HuoyuanError) as caught:
                await fetcher.fetch(server.url(), allow_private=True)
            assert caught.value.problem.code is Code.TLS
        assert len(server.requests) == 1


async def test_a_self_signed_certificate_is_refused_also_behind_a_redirect(
    server: FeedServer, secure: ssl.SSLContext
) -> None:
    with FeedServer({"/": FEED}, tls=secure) as untrusted:
        server.routes["/"] = redirect(untrusted.url())
        async with Fetcher(Limits(), "huoyuan-test/1") as fetcher:
            for url in (untrusted.url(), server.url()):
                with pytest.raises(HuoyuanError) as caught:
                    await fetcher.fetch(url, allow_private=True)
                assert caught.value.problem.code is Code.TLS
        assert untrusted.requests == []


async def test_plain_http_on_a_tls_port_is_a_tls_error(server: FeedServer, refused: Refused) -> None:
    assert (await refused(server.url().replace("http:", "https:"))).code is Code.TLS


async def test_a_handshake_that_never_starts_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with a_fetcher(Limits(connect=0.2, total=0.4)) as fetcher:
            with pytest.raises(HuoyuanError) as caught:
                await fetcher.fetch(f"https://127.0.0.1:{silent.getsockname()[1]}/", allow_private=True)
    assert caught.value.problem.code is Code.TIMEOUT
