"""Kernels forked from one process that has already imported what every chapter needs.

Starting a kernel and importing pandas, matplotlib and seaborn takes longer than most chapters do.
`multiprocessing`'s fork server pays for both once; jupyter_client calls a kernel's way to start a
provisioner (https://jupyter-client.readthedocs.io/en/stable/provisioning.html), and this is one.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

from compendium import language, project
from compendium.errors import CompendiumError
from compendium.language import _

NAME = "compendium-fork"
_stopping = threading.Event()
PRELOADED = ["compendium.edition.preload"]


def server() -> multiprocessing.context.ForkServerContext:
    """The fork server's context; the server starts now, and imports while others work."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    multiprocessing.forkserver.ensure_running()
    return context


def stop() -> None:
    """End every forked process, and let no thread that still works start another."""
    _stopping.set()
    for child in multiprocessing.active_children():
        child.kill()


def resume() -> None:
    """Let processes be forked again, after a stop."""
    _stopping.clear()


def apart(work: Callable[..., None], *arguments, say: Callable, early: bool = False) -> None:
    """Do work in a process forked from the server: what it imports and makes ends with it.

    Parameters
    ----------
    work : callable
        Given the arguments, and a function that it may say something with.
    arguments
    say : callable
        Told what the work says.
    early : bool
        Not to wait until the server has imported everything, but to import in a process of its
        own what the work needs.

    Raises
    ------
    CompendiumError
        If the work raises one, or its process ends otherwise.
    """
    forking = server()
    context = multiprocessing.get_context("spawn") if early else forking
    receive, send = context.Pipe(duplex=False)
    here = (project.root(), dict(os.environ), language.current())
    process = context.Process(target=_work, args=(*here, send, work, *arguments))
    process.start()
    send.close()
    failure: BaseException | None = None
    while True:
        try:
            message = receive.recv()
        except EOFError:
            break
        if isinstance(message, BaseException):
            failure = message
        else:
            say(message)
    process.join()
    if failure:
        raise failure
    if process.exitcode:
        raise CompendiumError(
            _("A build process ended with code {code}.").format(code=process.exitcode)
        )


def _work(
    root: Path, environment: dict[str, str], spoken: str, send, work: Callable[..., None],
    *arguments,
) -> None:
    os.environ.update(environment)  # the server that forks keeps the one it began with
    project.use(root)
    language.use(spoken)
    try:
        work(*arguments, send.send)
    except CompendiumError as error:
        send.send(error)
    except Exception as error:
        import traceback

        send.send(CompendiumError("".join(traceback.format_exception(error))))


@contextmanager
def forked():
    """While this is open, notebooks run in forked kernels."""
    variable = "JUPYTER_DEFAULT_PROVISIONER_NAME"
    before = os.environ.get(variable)
    os.environ[variable] = NAME
    try:
        yield
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by forking; everything else is as for a local kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs):
        """Fork a kernel that listens on the connection file named in its command."""
        if _stopping.is_set():
            raise RuntimeError("The build has been stopped.")
        file = cmd[cmd.index("-f") + 1]
        process = server().Process(
            target=_serve,
            args=(project.root(), file, kwargs.get("cwd"), kwargs.get("env")),
            daemon=True,
        )
        process.start()
        if _stopping.is_set():  # told to stop while this one was on its way
            process.kill()
        # What asks for a `Popen` here uses no more of it than `_Popen` has.
        self.process = _Popen(process)  # type: ignore[assignment]
        self.pid = process.pid
        return self.connection_info


def _serve(root: Path, file: str, cwd: str | None, environment: dict[str, str] | None) -> None:
    from ipykernel.kernelapp import IPKernelApp

    if cwd:
        os.chdir(cwd)
    os.environ.update(environment or {})
    project.use(root)
    # A kernel that knows its parent ends with it. It listens on this machine only, for a moment:
    # its advice on connecting and encryption would drown the build's own lines. Nobody asks it
    # for what was typed before.
    options = {
        "IPKernelApp.parent_handle": os.getppid(),
        "IPKernelApp.log_level": "CRITICAL",
        "HistoryManager.enabled": False,
    }
    IPKernelApp.launch_instance(
        argv=["-f", file, *(f"--{name}={value}" for name, value in options.items())]
    )


class _Popen:
    """A forked process with the interface that jupyter_client expects of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, process: multiprocessing.process.BaseProcess):
        self.process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self) -> int | None:
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid is not None and self.process.is_alive():
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)
