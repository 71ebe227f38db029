#!/bin/sh
# Brings the typefaces of official documents onto this machine.
#
#   仿宋        FandolFang     unpacked into .tools/fonts from Debian's texlive-lang-chinese (TeX is not installed)
#   楷体        LXGW WenKai    apt: fonts-lxgw-wenkai (also the fallback for rare characters)
#   标宋、黑体  Noto CJK       apt: fonts-noto-cjk
#
# Idempotent; touches neither network nor apt when everything is already there.
# Licensed typefaces (仿宋_GB2312, 方正小标宋简体 …) go into the folder that ANFANG_FONTS names; see docs/operations.md.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
fonts="$root/.tools/fonts"
noto=/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc
wenkai=/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf
fandol="FandolFang-Regular.otf"
source_package="texlive-lang-chinese"

fail() {
    echo "install-fonts: $1" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        fail "installing fonts-noto-cjk and fonts-lxgw-wenkai needs root; run: apt-get install fonts-noto-cjk fonts-lxgw-wenkai"
    fi
}

need_apt() {
    command -v apt-get >/dev/null 2>&1 ||
        fail "apt-get is missing; put 仿宋, 楷体, 小标宋 and 黑体 fonts into the folder named by ANFANG_FONTS instead"
}

# The package lists of a fresh container are empty: refresh them once, only when a package is unknown.
know_package() {
    apt-cache show "$1" >/dev/null 2>&1 || as_root apt-get update -qq >/dev/null ||
        fail "the package lists could not be refreshed; is the network up?"
}

install_system_fonts() {
    [ -e "$noto" ] && [ -e "$wenkai" ] && return 0
    need_apt
    know_package fonts-lxgw-wenkai
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends fonts-noto-cjk fonts-lxgw-wenkai >/dev/null ||
        fail "apt could not install fonts-noto-cjk and fonts-lxgw-wenkai; is the network up and no other apt running?"
}

unpack_fandol() {
    [ -s "$fonts/$fandol" ] && return 0
    need_apt
    know_package "$source_package"
    mkdir -p "$fonts" || fail "cannot write to $fonts"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    # apt drops root for downloads and must be able to write here.
    chmod 755 "$work"
    [ "$(id -u)" -ne 0 ] || chown _apt "$work" 2>/dev/null || true
    (cd "$work" && apt-get download -qq "$source_package" >/dev/null) ||
        fail "$source_package could not be downloaded; is the network up?"
    dpkg-deb --fsys-tarfile "$work/$source_package"_*.deb |
        tar -x -C "$work" --wildcards "*/fonts/opentype/public/fandol/$fandol" '*doc/fonts/fandol/*' ||
        fail "$source_package does not hold the Fandol fonts where they were expected"
    # The licence goes with the font. The font is last and renamed into place: once it stands there
    # everything does, and an interrupted run leaves no half font behind.
    cp "$work"/usr/share/doc/texlive-doc/fonts/fandol/* "$fonts/" &&
        cp "$work/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/$fandol" "$fonts/.part" &&
        mv "$fonts/.part" "$fonts/$fandol" ||
        fail "cannot write to $fonts"
}

install_system_fonts
unpack_fandol
