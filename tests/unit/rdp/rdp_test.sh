#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs rdp_test.py in a network and a process namespace of its own.
user=
[ "$(id -u)" = 0 ] || user='--user --map-root-user'
# shellcheck disable=SC2086
exec unshare $user --net --pid --fork --kill-child --mount-proc \
	sh -c 'ip link set lo up && exec "$@"' sh python3 "$@"
