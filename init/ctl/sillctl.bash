# SPDX-License-Identifier: MIT
# bash completion for sillctl(1)

_sillctl_units() {
	# Names hold neither quotes nor blanks, or init would not have loaded them.
	sillctl --json status 2>/dev/null | grep -o '"name":"[^"]*"' | cut -d'"' -f4 |
		sed 's/\.service$//'
}

_sillctl() {
	local word=${COMP_WORDS[COMP_CWORD]} verb= i
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--socket) ((i++)) ;;
		-*) ;;
		*) verb=${COMP_WORDS[i]} && break ;;
		esac
	done
	case $verb,$word in
	,-*) COMPREPLY=($(compgen -W '--socket --json --help --version' -- "$word")) ;;
	,*) COMPREPLY=($(compgen -W 'status start stop restart reload logs events analyze exit
		poweroff reboot' -- "$word")) ;;
	logs,-* | events,-*) COMPREPLY=($(compgen -W '--follow' -- "$word")) ;;
	analyze,*) COMPREPLY=($(compgen -W '--svg' -- "$word")) ;;
	start,* | stop,* | restart,* | reload,* | logs,*)
		COMPREPLY=($(compgen -W "$(_sillctl_units)" -- "$word")) ;;
	esac
}

complete -F _sillctl sillctl
