"""Which pages and which commands lead to a definition."""

import ast
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import click

from election.cli.lawbook.callgraph import ANY, LAW, CallGraph, Definition, call_graph
from election.cli.lawbook.uses import Conditions
from election.cli.main import main

EVERY_PAGE = "every page"
_FACTORY = "election.web.create_app"
_ROUTES = ("get", "post", "route")
# `start` serves the pages, `routes` lists them, `docs` writes this book, `sample` plays an office
NOT_COUNTED = ("docs", "routes", "sample", "start")


class Reach:
    """Everything that roots lead to. steps: what was reached -> from where first, None for a root.

    A method of a class of the law counts when its class is used and somebody who is reached reads
    an attribute of its name; other classes bring all their methods, since libraries call those.
    beyond: definitions that are reached and not looked into.
    """

    def __init__(self, graph: CallGraph, roots: Sequence[str], beyond: Sequence[str] = ()) -> None:
        self.steps: dict[str, str | None] = dict.fromkeys(roots)
        self._readers: dict[str, str] = {}  # attribute -> who reads it
        self._unread: dict[str, list[str]] = defaultdict(list)  # attribute -> methods of its name
        self._made: dict[str, set[str]] = defaultdict(set)  # kind -> its members that are made
        self._parked: dict[str, list[tuple[str, str, Conditions]]] = defaultdict(list)  # by kind
        self._queue = deque(roots)
        while self._queue:
            name = self._queue.popleft()
            if name not in beyond:
                self._visit(graph.definitions[name])

    def path_to(self, name: str) -> list[str]:
        """The steps from a root to a definition, the root first."""
        path = [name]
        while (leader := self.steps[path[0]]) is not None:
            path.insert(0, leader)
        return path

    def may_hold(self, conditions: Conditions) -> bool:
        """Whether all can be true by what is made on the way."""
        return self._failing(conditions) is None

    def _failing(self, conditions: Conditions) -> str | None:
        for condition in conditions:
            members = self._made[condition.kind]
            if ANY not in members and not condition.may_hold(members):
                return condition.kind
        return None

    def _visit(self, definition: Definition) -> None:
        for kind, member in definition.makes:
            self._made[kind].add(member)
            for parked in self._parked.pop(kind, ()):
                self._use(*parked)
        for name, conditions in definition.uses:
            self._use(definition.name, name, conditions)
        for attribute in definition.reading.attributes - self._readers.keys():
            self._readers[attribute] = definition.name
            for method in self._unread.pop(attribute, ()):
                self._step(definition.name, method)
        self._note_methods(definition)

    def _note_methods(self, definition: Definition) -> None:
        for short, method in definition.methods.items():
            if short.startswith("__") or not definition.name.startswith(LAW):
                self._step(definition.name, method)
            elif short in self._readers:
                self._step(self._readers[short], method)
            else:
                self._unread[short].append(method)

    def _use(self, leader: str, name: str, conditions: Conditions) -> None:
        kind = self._failing(conditions)
        if kind is None:
            self._step(leader, name)
        else:
            self._parked[kind].append((leader, name, conditions))

    def _step(self, leader: str, name: str) -> None:
        if name not in self.steps:
            self.steps[name] = leader
            self._queue.append(name)


@cache
def pages() -> Mapping[str, Reach]:
    """Endpoint of every page -> what it leads to; what happens on every page stands apart."""
    graph = call_graph()
    views = {
        endpoint: name
        for name, definition in graph.definitions.items()
        if name.startswith("election.web.")
        for endpoint in _endpoints(graph, definition)
    }
    roots = {EVERY_PAGE: _FACTORY, **views}
    return {entry: Reach(graph, [name]) for entry, name in roots.items()}


@cache
def commands() -> Mapping[str, Reach]:
    """Every command that applies the law -> what it leads to."""
    graph = call_graph()
    with click.Context(main) as context:
        callbacks = {
            " ".join(path): f"{callback.__module__}.{callback.__qualname__}"
            for path, callback in _callbacks(main, context, ())
            if path[0] not in NOT_COUNTED
        }
    # a command makes the application for its database, and serves no page
    return {path: Reach(graph, [name], beyond=[_FACTORY]) for path, name in callbacks.items()}


def _endpoints(graph: CallGraph, definition: Definition) -> Iterator[str]:
    """The endpoint of a function that is routed by its blueprint: `units.new`."""
    if not isinstance(definition.node, ast.FunctionDef):
        return
    for decorator in definition.node.decorator_list:
        route = decorator.func if isinstance(decorator, ast.Call) else None
        if isinstance(route, ast.Attribute) and route.attr in _ROUTES:
            yield f"{_blueprint(graph, definition, route.value)}.{definition.node.name}"


def _blueprint(graph: CallGraph, view: Definition, route: ast.expr) -> str:
    """The name of the blueprint whose route decorates a view: the first argument that makes it."""
    module = graph.module_of(view.name)
    source = graph.follow(module, [route.id]) if isinstance(route, ast.Name) else None
    node = graph.definitions[source].node if source else None
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        return str(ast.literal_eval(node.value.args[0]))
    raise LookupError(f"no blueprint of {view.name}")


def _callbacks(
    command: click.Command, context: click.Context, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Callable[..., object]]]:
    """Every command below a group with its words and the function it calls."""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _callbacks(below, context, (*path, name))
    elif command.callback is not None:
        yield path, command.callback
