#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# compare.pl LIST REPORTS PACKAGE...: prints a row a package and compares PIT's survivors with the list, whose lines are
# COUNT, class, method, mutation and reason with tabs between; '#' begins a comment. A mutation is PIT's own sentence;
# where a method has several that read the same, COUNT says how many. There are no line numbers, so that the list stays
# true. PIT writes one mutation a line.
use strict;
use warnings;

my ($list, $reports, @packages) = @ARGV;
my $base = 'org.bpfseal.verifier';
my $least = 85;

sub fail {
    print STDERR "mutate.sh: error: @_\n";
    exit 1;
}

sub package_of {
    my ($class) = @_;
    return $class =~ /^\Q$base\E\.([a-z0-9]+)\./ ? $1 : 'verifier';
}

my %asked = map { $_ => 1 } @packages;
my %listed;
open(my $in, '<', $list) or fail("$list: $!");
while (my $line = <$in>) {
    chomp $line;
    next if $line =~ /^#/ or $line eq '';
    my ($count, $class, $method, $mutation, $reason) = split /\t/, $line, -1;
    fail("$list: line $.: expected five columns with a reason") unless $reason;
    $listed{join "\t", $class, $method, $mutation} += $count if $asked{package_of("$base.$class")};
}
close $in;

my (%survived, $mutants, $killed);
$mutants = $killed = 0;
printf "| package | mutants | killed | survivors | %% |\n|---|---|---|---|---|\n";
for my $package (@packages) {
    my ($all, $gone) = (0, 0);
    open(my $xml, '<', "$reports/$package/mutations.xml") or fail("$package: $!");
    while (my $line = <$xml>) {
        while ($line =~ m{<mutation detected='(\w+)'.*?<mutatedClass>(.*?)</mutatedClass>.*?<mutatedMethod>(.*?)</mutatedMethod>.*?<description>(.*?)</description>.*?</mutation>}g) {
            my ($detected, $class, $method, $mutation) = ($1, $2, $3, $4);
            s/&lt;/</g, s/&gt;/>/g, s/&#(\d+);/chr $1/ge, s/&quot;/"/g, s/&amp;/&/g for $class, $method, $mutation;
            $all++;
            if ($detected eq 'true') { $gone++; next; }
            $class =~ s/^\Q$base\E\.//;
            $survived{join "\t", $class, $method, $mutation}++;
        }
    }
    close $xml;
    fail("$package: PIT made no mutants") unless $all;
    printf "| `%s` | %d | %d | %d | %.1f |\n", $package, $all, $gone, $all - $gone, 100 * $gone / $all;
    $mutants += $all;
    $killed += $gone;
}
printf "| all | %d | %d | %d | %.1f |\n", $mutants, $killed, $mutants - $killed, 100 * $killed / $mutants;

my $status = 0;
for my $key (sort keys %{{%listed, %survived}}) {
    my ($is, $was) = ($survived{$key} // 0, $listed{$key} // 0);
    next if $is == $was;
    $status = 1;
    print STDERR "mutate.sh: error: $is survive, $was listed: $key\n";
}
if (100 * $killed < $least * $mutants) {
    $status = 1;
    print STDERR "mutate.sh: error: less than $least % were killed\n";
}
exit $status;
