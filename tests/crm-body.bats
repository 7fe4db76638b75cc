#!/usr/bin/env bats

load helper.bash

@test "the header stays in front" {
	printf 'n\tx\n3\tc\n1\ta\n' >in
	ok crm-body sort -n <in
	prints <<<$'n\tx\n1\ta\n3\tc'
	ok bash -c 'cat in | crm-body sort -n'
	prints <<<$'n\tx\n1\ta\n3\tc'
}

@test "options behind the command are the command's" {
	printf 'h\nb\na\n' >in
	ok crm-body sort -r -- <in
	prints <<<$'h\nb\na'
	ok crm-body -- head -n 1 <in
	prints <<<$'h\nb'
}

@test "the status is the command's, or 69 where there is none" {
	printf 'h\nb\n' >in
	fails 1 crm-body grep x <in
	prints <<<h
	fails 69 crm-body no-such-command <in
	says "crm-body: cannot run 'no-such-command': No such file or directory"
	fails 2 crm-body
}

@test "nothing in, nothing out" {
	ok crm-body cat </dev/null
	prints </dev/null
	fails 74 bash -c 'echo h | crm-body cat >/dev/full'
}

@test "a closed standard input or output is a failure" {
	fails 74 bash -c 'crm-body cat <&-'
	says "crm-body: cannot read '<stdin>': Bad file descriptor"
	fails 74 bash -c 'echo h | crm-body cat >&-'
	says 'crm-body: cannot write standard output: Bad file descriptor'
}

@test "a header of any bytes and any length passes as it is" {
	{ printf '\377\033%0100000d\r\n' 7; echo b; } >in
	ok bash -c 'crm-body cat <in | cmp - in'
	printf 'no line end' >in
	ok crm-body cat <in
	[ "$output" = 'no line end' ]
}
