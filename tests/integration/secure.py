"""An Apache Kafka that wants TLS and a password, as a newsroom's would."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import java
from services.platform.broker import die_with_parent
from services.platform.settings import Settings

USER, PASSWORD = "newsroom", "a long word"  # of a Kafka that lives for one test run, on loopback

_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@contextmanager
def secure_kafka(folder: Path) -> Iterator[Settings]:
    """Settings that reach a running Kafka by SASL_SSL with SCRAM. Raises NotInstalled."""
    keys, authority = certificate(folder)
    properties = {
        "ssl.keystore.location": str(keys),
        "ssl.keystore.password": PASSWORD,
        "listener.name.clients.sasl.enabled.mechanisms": "SCRAM-SHA-256,SCRAM-SHA-512",
        "listener.name.clients.scram-sha-256.sasl.jaas.config": _MODULE,
        "listener.name.clients.scram-sha-512.sasl.jaas.config": _MODULE,
    }
    with Cluster(
        folder, protocol="SASL_SSL", properties=properties, users={USER: PASSWORD}, in_child=die_with_parent()
    ) as kafka:
        yield Settings(
            bootstrap_servers=kafka.bootstrap,
            security_protocol="SASL_SSL",
            sasl_mechanism="SCRAM-SHA-512",
            sasl_username=USER,
            sasl_password=SecretStr(PASSWORD),
            ssl_ca_file=authority,
        )


def certificate(folder: Path) -> tuple[Path, Path]:
    """A key store for a broker on 127.0.0.1, and the PEM file of the certificate in it, which vouches for itself."""
    keys, authority = folder / "keys.p12", folder / "authority.pem"
    store = ["-alias", "kafka", "-keystore", str(keys), "-storepass", PASSWORD]
    keytool = str(Path(java()).resolve().with_name("keytool"))
    subprocess.run(
        [keytool, "-genkeypair", *store, "-storetype", "PKCS12", "-keyalg", "EC", "-groupname", "secp256r1",
         "-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1", "-ext", "BC=ca:true",
         "-ext", "KU=keyCertSign,digitalSignature"],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run([keytool, "-exportcert", *store, "-rfc", "-file", str(authority)], check=True, capture_output=True)
    return keys, authority
