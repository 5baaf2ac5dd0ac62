"""One or three Kafka nodes on this machine: KRaft, each node broker and controller, loopback, free ports."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from deploy.kafka.jars import KafkaError
from deploy.kafka.node import Node, end


class Cluster:
    """`with Cluster(folder) as kafka:` gives a running Kafka; `kafka.bootstrap` is its address for clients.

    protocol: of the listener for clients, as Kafka names it; nodes talk among each other without encryption.
    properties: what that listener needs besides: keys, SASL mechanisms.
    users: SCRAM names and passwords, laid down when the storage is.
    in_child: called in each process before Java is, for example to let it die with its parent.
    """

    def __init__(
        self,
        folder: Path,
        nodes: int = 1,
        *,
        protocol: str = "PLAINTEXT",
        properties: Mapping[str, str] | None = None,
        users: Mapping[str, str] | None = None,
        in_child: Callable[[], None] | None = None,
    ) -> None:
        if nodes not in {1, 3}:
            raise KafkaError(f"{nodes} nodes: take 1, or 3, the fewest that outlive the loss of one")
        self._users = users
        self._in_child = in_child
        ports = free_ports(3 * nodes)
        clients, inside, controllers = ports[::3], ports[1::3], ports[2::3]
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port in clients)
        voters = ",".join(f"{number}@127.0.0.1:{port}" for number, port in enumerate(controllers, 1))
        common = {
            "controller.quorum.voters": voters,
            "listener.security.protocol.map": f"CLIENTS:{protocol},INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
            **_replication(nodes),
            **(properties or {}),
        }
        self.nodes = []
        for number in range(1, nodes + 1):
            advertised = f"CLIENTS://127.0.0.1:{clients[number - 1]},INSIDE://127.0.0.1:{inside[number - 1]}"
            own = {
                "node.id": str(number),
                "listeners": f"{advertised},CONTROLLER://127.0.0.1:{controllers[number - 1]}",
                "advertised.listeners": advertised,
            }
            heap = 256 if nodes == 1 else 192  # megabytes; measured: 740 MB for all three
            self.nodes.append(Node(folder / f"node-{number}", inside[number - 1], common | own, heap))

    def start(self) -> None:
        """Start all nodes. They do not answer yet: `wait`. Raises KafkaError."""
        for node in self.nodes:
            node.format(self._users)
            node.start(self._in_child)

    def wait(self) -> None:
        """Return when every node answers. Raises KafkaError."""
        for node in self.nodes:
            node.wait()

    def stop(self) -> None:
        """End the nodes that run; the data stays."""
        end(node.process for node in self.nodes if node.process is not None)

    def __enter__(self) -> Cluster:
        try:
            self.start()
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _replication(nodes: int) -> dict[str, str]:
    """Of Kafka's own topics and of what does not say otherwise. With three, one node may go and nothing stops."""
    in_sync = str(min(2, nodes))
    factor = str(nodes)
    return {
        "default.replication.factor": factor,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": factor,
        "transaction.state.log.replication.factor": factor,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": factor,
        "share.coordinator.state.topic.min.isr": in_sync,
    }


def free_ports(count: int) -> list[int]:
    """Free ports on loopback, all different: they are held until the last is known."""
    with ExitStack() as held:
        ports = []
        for _ in range(count):
            probe = held.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports.append(int(probe.getsockname()[1]))
        return ports
