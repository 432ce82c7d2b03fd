#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# b2-of-d.pl INSNS HASH little|big: writes on stdout the 6.18 loader (form B2) that belongs to a 7.3 loader (form D): the
# same with 28 instructions after the cleanup block, which compare the hash that the kernel has computed of the map with
# HASH, the blob's SHA-256 in hex. Independent of the generator, so that the two can be compared.
use strict;
use warnings;

my ($insns_file, $hash, $order) = @ARGV;
my $little = $order eq 'little';

sub content {
  open(my $in, '<:raw', $_[0]) or die "$_[0]: $!\n";
  local $/ = undef;
  return <$in>;
}

# opcode, destination, source, offset, immediate (4 raw bytes in the target's order)
sub insn {
  my ($opcode, $to, $from, $offset, $imm) = @_;
  my $registers = $little ? $from << 4 | $to : $to << 4 | $from;
  return pack('CC' . ($little ? 's<' : 's>'), $opcode, $registers, $offset) . $imm;
}

sub number { return pack($little ? 'l<' : 'l>', $_[0]) }

my @insns = unpack('(a8)*', content($insns_file));
my $digest = pack('H64', $hash);

# The prologue's last instruction jumps over the cleanup block, which starts behind it.
my $cleanup = 7;
my $start = $cleanup + unpack($little ? 's<' : 's>', substr($insns[6], 2, 2));
die "$insns_file: no jump over a cleanup block\n" unless ord($insns[6]) == 0x05 && ord($insns[$start - 1]) == 0x95;

my @check;
for my $k (0 .. 3) {
  my ($first, $second) = unpack('a4a4', substr($digest, 8 * $k, 8));
  my ($low, $high) = $little ? ($first, $second) : ($second, $first);
  push @check, insn(0x18, 1, 5, 0, number(0)), insn(0, 0, 0, 0, number(0)), insn(0x79, 2, 1, 8 * $k, number(0)),
    insn(0x18, 3, 0, 0, $low), insn(0, 0, 0, 0, $high), insn(0xb7, 7, 0, 0, number(-22));
  push @check, insn(0x5d, 2, 3, $cleanup - ($start + @check) - 1, number(0));
}

# Jumps back to the cleanup block (r7 < 0) are longer by what now lies between.
my @tail = map {
  my ($opcode, $registers, $offset, $imm) = unpack('CC' . ($little ? 's<' : 's>') . 'a4', $_);
  $opcode == 0xc5 && $offset < 0 ? pack('CC' . ($little ? 's<' : 's>') . 'a4', $opcode, $registers, $offset - @check, $imm) : $_;
} @insns[$start .. $#insns];
binmode STDOUT;
print @insns[0 .. $start - 1], @check, @tail;
