# SPDX-License-Identifier: MIT
# bash completion for sill(1): what its own --help names

_sill_units() {
	local i instance=()
	for ((i = 2; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-n | --name) instance=(--name "${COMP_WORDS[i + 1]}") ;;
		esac
	done
	sill status "${instance[@]}" --json 2>/dev/null | grep -o '"name": *"[^"]*\.service"' | cut -d'"' -f4 |
		sed 's/\.service$//'
}

_sill() {
	local word=${COMP_WORDS[COMP_CWORD]} verb=
	((COMP_CWORD == 1)) || verb=${COMP_WORDS[1]}
	case $verb,$word in
	,*) COMPREPLY=($(compgen -W "$(sill --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')" -- "$word")) ;;
	*,-*) COMPREPLY=($(compgen -W "$(sill "$verb" --help 2>/dev/null |
		grep -o -- '--[a-z][a-z-]*')" -- "$word")) ;;
	logs,*) COMPREPLY=($(compgen -W "$(_sill_units)" -- "$word")) ;;
	exec,*) COMPREPLY=($(compgen -c -- "$word")) ;;
	esac
}

complete -o default -F _sill sill
