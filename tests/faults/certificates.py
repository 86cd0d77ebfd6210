"""Certificates for loopback addresses, made anew by the openssl program for every run."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

KINDS = ("sound", "self-signed", "wrong-host", "expired")
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


class Certificates:
    """An authority of our own (`authority`, a PEM file) and a certificate of each kind."""

    def __init__(self, folder: Path, addresses: Iterable[str]) -> None:
        """Makes all of them for these IP addresses; skips the test where there is no openssl."""
        if shutil.which("openssl") is None:
            pytest.skip("making certificates needs the openssl program")
        self._folder = folder
        names = ",".join(f"IP:{address}" for address in addresses)
        self.authority = self._self_signed("authority", ())
        self._signed("sound", names, days=2)
        self._signed("wrong-host", "DNS:another.example", days=2)
        self._signed("expired", names, days=-1)
        self._self_signed("self-signed", ("-addext", f"subjectAltName={names}"))

    def server_side(self, kind: str) -> ssl.SSLContext:
        """The server's side of TLS with a certificate of that kind."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / f"{kind}.crt", self._folder / f"{kind}.key")
        return context

    def _self_signed(self, name: str, extra: tuple[str, ...]) -> Path:
        out = self._folder / f"{name}.crt"
        self._run(
            "req", "-x509", *_NEW_KEY, "-days", "2", *_subject(name), *extra, *self._key(name), "-out", out
        )
        return out

    def _signed(self, name: str, addresses: str, *, days: int) -> None:
        asked, names = self._folder / f"{name}.csr", self._folder / f"{name}.txt"
        names.write_text(f"subjectAltName={addresses}\n")
        self._run("req", *_NEW_KEY, *_subject(name), *self._key(name), "-out", asked)
        by = ("-CA", self.authority, "-CAkey", self._folder / "authority.key", "-CAcreateserial")
        self._run(
            "x509", "-req", "-in", asked, *by, "-days", str(days), "-extfile", names,
            "-out", self._folder / f"{name}.crt",
        )  # fmt: skip

    def _key(self, name: str) -> tuple[str | Path, ...]:
        return ("-keyout", self._folder / f"{name}.key")

    def _run(self, *arguments: str | Path) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def _subject(name: str) -> tuple[str, str]:
    return ("-subj", f"/CN=huoyuan {name}")
