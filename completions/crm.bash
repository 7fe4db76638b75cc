# Completion of crm and its commands for bash: crm-complete knows the answers.

_crm() {
	local IFS=$'\n' line words=("${COMP_WORDS[@]:0:COMP_CWORD+1}")
	local current=${COMP_WORDS[COMP_CWORD]}
	# readline takes words apart at = and :, here they belong together
	_crm_join words
	COMPREPLY=()
	while IFS=$'\t' read -r line _; do
		[[ $line == *=  || $line == *, ]] && compopt -o nospace
		[[ ${words[-1]} == *=* && $line == *=* && $current != *=* ]] &&
			line=${line#*=}
		COMPREPLY+=("$(printf %q "$line")")
	done < <(crm-complete -- "${words[@]}" 2>/dev/null)
	[[ ${#COMPREPLY[@]} == 0 ]] && compopt -o default
}

_crm_join() {
	local -n list=$1
	local word joined=()
	for word in "${list[@]}"; do
		if [[ ${#joined[@]} -gt 0 &&
		    ($word == = || ${joined[-1]} == *=) ]]; then
			joined[-1]+=$word
		else
			joined+=("$word")
		fi
	done
	list=("${joined[@]}")
}

_crm_commands() {
	local command self=${BASH_SOURCE[0]##*/}
	complete -F _crm crm "${self%.bash}"
	while IFS=$'\t' read -r command _; do
		complete -F _crm "crm-$command"
	done < <(crm-complete -- crm '' 2>/dev/null)
}
_crm_commands
