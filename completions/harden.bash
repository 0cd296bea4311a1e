# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of harden(8) for bash; tests/unit/docs.t holds it to `harden --help`.

_harden() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command='' word
	COMPREPLY=()

	# bash splits at "=", so -o json=FILE and --output=json are several words
	if [ "$current" = '=' ] || [ "$previous" = '=' ]; then
		[ "$current" != '=' ] || current=
		case ${COMP_WORDS[COMP_CWORD - 2]} in
		json | sarif | text)
			mapfile -t COMPREPLY < <(compgen -f -- "$current")
			return
			;;
		--*) previous=${COMP_WORDS[COMP_CWORD - 2]} ;;
		esac
	fi
	case $previous in
	-i | --intent | -c | --compose | --env-file | --baseline | --save | --facts | --ruleset)
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
		;;
	--rules | --replay | record)
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		return
		;;
	-o | --output)
		mapfile -t COMPREPLY < <(compgen -W 'json sarif text' -- "$current")
		return
		;;
	--fail-on)
		mapfile -t COMPREPLY < <(compgen -W 'critical high medium low none' -- "$current")
		return
		;;
	--color)
		mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current")
		return
		;;
	--only | --skip | rules)
		mapfile -t COMPREPLY < <(compgen -W "$(harden rules 2>/dev/null |
			sed 's/ .*//')" -- "$current")
		return
		;;
	tables)
		mapfile -t COMPREPLY < <(compgen -W "$(harden tables 2>/dev/null |
			sed -nE 's/^  ([a-z_]+) .*/\1/p')" -- "$current")
		return
		;;
	--timeout | --to | --from | --iif | --netns | query) return ;;
	esac
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $word in
		audit | query | tables | rules | record | help) command=$word ;;
		esac
	done
	if [[ $current == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W '--intent --compose --env-file --output --fail-on --baseline
			--fail-on-new --only --skip --rules --replay --save --facts --to --from --iif
			--netns --ruleset --timeout --cron
			--color --quiet --verbose --help --version' -- "$current")
	elif [ -z "$command" ]; then
		mapfile -t COMPREPLY < <(compgen -W 'audit reach query tables rules record help' -- "$current")
	fi
}
complete -o filenames -F _harden harden
