# Fetchers of the look-alike set: fixed-output derivations, as nixpkgs' own.
{
  lib,
  stdenvNoCC,
  tools,
}:

{
  fetchgit =
    {
      url,
      rev,
      hash ? "",
      name ? "source",
      ...
    }:
    stdenvNoCC.mkDerivation {
      inherit name url rev;
      nativeBuildInputs = [ tools.git ];
      dontUnpack = true;
      dontFixup = true;
      installPhase = ''
        git init --quiet $out
        git -C $out fetch --quiet --depth 1 "$url" "$rev"
        git -C $out checkout --quiet FETCH_HEAD
        rm -r $out/.git
      '';
      impureEnvVars = lib.fetchers.proxyImpureEnvVars;
      outputHashMode = "recursive";
      outputHash = hash;
      outputHashAlgo = if hash == "" then "sha256" else null;
    };

  # As nixpkgs' fetchurl: curl in the sandbox, with the caller's netrc.
  fetchurl =
    {
      url ? lib.head urls,
      urls ? [ url ],
      hash ? "",
      name ? baseNameOf url,
      netrcPhase ? null,
      netrcImpureEnvVars ? [ ],
      curlOptsList ? [ ],
      postFetch ? "",
    }:
    stdenvNoCC.mkDerivation {
      inherit name urls postFetch;
      nativeBuildInputs = [ tools.curl ];
      # The hash decides, not the server's certificate.
      buildCommand = ''
        ${if netrcPhase == null then "" else netrcPhase}
        [ ! -f netrc ] || chmod 600 netrc
        for one in $urls; do
          if curl --location --fail --silent --show-error --retry 3 --insecure --disable-epsv \
            $([ ! -f netrc ] || echo --netrc-file $PWD/netrc) ${lib.escapeShellArgs curlOptsList} --output "$out" "$one"; then
            eval "$postFetch"
            exit 0
          fi
        done
        echo "error: cannot download $name from any mirror" >&2
        exit 1
      '';
      preferLocalBuild = true;
      impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ netrcImpureEnvVars;
      outputHash = hash;
      outputHashAlgo = if hash == "" then "sha256" else null;
      outputHashMode = "flat";
    };
}
