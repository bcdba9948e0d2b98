"""Stand-in for github.com/vsoch/oci-python: a setuptools project without a pyproject.toml."""

from setuptools import find_packages, setup

setup(
    name="opencontainers",
    version="0.0.15",
    packages=find_packages(),
    python_requires=">=3.7",
    extras_require={"reggie": ["requests>=2.0"]},
)
