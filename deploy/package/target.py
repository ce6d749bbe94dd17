"""The Python and the machine that artefacts are built for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ARCHITECTURES = {"x86_64": "x86_64-manylinux_2_28", "arm64": "aarch64-manylinux_2_28"}


@dataclass(frozen=True, slots=True)
class Target:
    """The template's runtime: a `python` version such as `3.13`, and an `architecture`, `x86_64` or `arm64`."""

    python: str
    architecture: str

    @property
    def platform(self) -> str:
        """The platform in uv's terms. Amazon Linux 2023, the base of python3.12 and later, has glibc 2.34."""
        return ARCHITECTURES[self.architecture]

    @property
    def tag(self) -> str:
        """The target's name in folders and manifests."""
        return f"python{self.python}-{self.architecture}"

    def markers(self) -> dict[str, str]:
        """Return the target's environment markers (PEP 508)."""
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": "posix",
            "platform_machine": "aarch64" if self.architecture == "arm64" else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": "linux",
            "extra": "",
        }

    def interpreter(self) -> Path | None:
        """Return a Python of the target's version on this machine, or None.

        Search `RESUMEBASE_TARGET_PYTHON`, this interpreter, PATH and pyenv's versions. Any architecture will do:
        bytecode does not depend on it.
        """
        named = os.environ.get("RESUMEBASE_TARGET_PYTHON")
        candidates = [named] if named else [sys.executable, shutil.which(f"python{self.python}")]
        pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
        candidates += [str(each / "bin" / "python") for each in sorted(pyenv.glob(f"{self.python}.*"), reverse=True)]
        for candidate in candidates:
            if candidate and _version(candidate) == self.python:
                return Path(candidate)
        return None


def _version(python: str) -> str | None:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.strip() if result.returncode == 0 else None
