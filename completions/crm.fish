# Completion of crm and its commands for fish: crm-complete knows the answers.

function __crm_complete
	set -l words (commandline -opc) (commandline -ct)
	crm-complete -- $words 2>/dev/null
end

complete -c crm -a '(__crm_complete)'
complete -c (status basename | string replace .fish '') -a '(__crm_complete)'
for command in (crm-complete -- crm '' 2>/dev/null |
	string replace -r '\t.*' '')
	complete -c crm-$command -a '(__crm_complete)'
end
