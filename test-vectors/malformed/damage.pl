#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# damage.pl OBJECT FOLDER: writes into the folder one copy of a little-endian BPF object for each case below, with that one
# thing wrong, and prints the names.
use strict;
use warnings;

my ($object, $folder) = @ARGV;
open(my $in, '<:raw', $object) or die "$object: $!\n";
my $good = do { local $/ = undef; <$in> };
my $bytes;

sub put { my ($at, $new) = @_; substr($bytes, $at, length($new)) = $new; return }
sub u16 { my ($at) = @_; return unpack('S<', substr($good, $at, 2)) }
sub u32 { my ($at) = @_; return unpack('L<', substr($good, $at, 4)) }
sub u64 { my ($at) = @_; return unpack('Q<', substr($good, $at, 8)) }
sub put16 { my ($at, $value) = @_; return put($at, pack('S<', $value)) }
sub put32 { my ($at, $value) = @_; return put($at, pack('L<', $value)) }
sub put64 { my ($at, $value) = @_; return put($at, pack('Q<', $value)) }

# Section headers by name: offset of the header in the file.
my ($table, $count, $names) = (u64(40), u16(60), u16(62));
my %header;
for my $i (0 .. $count - 1) {
  my $at = $table + 64 * $i;
  my $name = unpack('Z*', substr($good, u64($table + 64 * $names + 24) + u32($at), 200));
  $header{$name} //= $at;
}
sub header { my ($name) = @_; return $header{$name} // die "no section $name\n" }
sub start { my ($name) = @_; return u64(header($name) + 24) }
sub size { my ($name) = @_; return u64(header($name) + 32) }
my $program = (grep { /^raw_tp/ } keys %header)[0];

# Symbols: file offset of the first one of a type (2 = FUNC).
sub symbol_of_type {
  my ($type) = @_;
  for (my $at = start('.symtab') + 24; $at < start('.symtab') + size('.symtab'); $at += 24) {
    return $at if (ord(substr($good, $at + 4, 1)) & 15) == $type;
  }
  die "no symbol of type $type\n";
}

# BTF types: [kind, file offset], in id order from 1.
my $btf = start('.BTF');
my %extra = (1 => 4, 3 => 12, 14 => 4, 17 => 4);
my %each = (4 => 12, 5 => 12, 6 => 8, 13 => 8, 15 => 12, 19 => 12);
my @types = (undef);
for (my $at = $btf + u32($btf + 4) + u32($btf + 8); $at < $btf + u32($btf + 4) + u32($btf + 8) + u32($btf + 12);) {
  my ($kind, $vlen) = (u32($at + 4) >> 24 & 31, u32($at + 4) & 0xffff);
  push @types, [$kind, $at];
  $at += 12 + ($extra{$kind} // 0) + $vlen * ($each{$kind} // 0);
}
sub types { my ($kind) = @_; return grep { $types[$_][0] == $kind } 1 .. $#types }
sub type { my ($kind, $index) = @_; return $types[(types($kind))[$index // 0]][1] }
my $strings_end = $btf + u32($btf + 4) + u32($btf + 16) + u32($btf + 20);
my $ext = start('.BTF.ext');
my $functions = $ext + u32($ext + 4) + u32($ext + 8);
my $lines = $ext + u32($ext + 4) + u32($ext + 16);

my %cases = (
  'empty' => sub { $bytes = '' },
  'short-ident' => sub { $bytes = substr($good, 0, 15) },
  'short-header' => sub { $bytes = substr($good, 0, 63) },
  'short-sections' => sub { $bytes = substr($good, 0, -1) },
  'short-half' => sub { $bytes = substr($good, 0, length($good) / 2) },
  'elf-magic' => sub { put(3, 'G') },
  'elf-class-32' => sub { put(4, "\1") },
  'elf-byte-order-3' => sub { put(5, "\3") },
  'elf-byte-order-other' => sub { put(5, "\2") },
  'elf-machine' => sub { put16(18, 62) },
  'elf-executable' => sub { put16(16, 2) },
  'elf-section-table-beyond-file' => sub { put64(40, 1 << 40) },
  'elf-section-table-wraps' => sub { put64(40, ~0 - 63) },
  'elf-section-count' => sub { put16(60, 0xfef0) },
  'elf-section-entry-size' => sub { put16(58, 40) },
  'elf-section-names' => sub { put16(62, 0xfef0) },
  'section-4-gb' => sub { put64(header($program) + 32, 1 << 32) },
  'section-beyond-file' => sub { put64(header($program) + 24, length($good) + 8) },
  'section-wraps' => sub { put64(header($program) + 24, ~0 - 7) },
  'section-name-beyond-strings' => sub { put32(header($program), 0x7fffffff) },
  'section-half-instruction' => sub { put64(header($program) + 32, size($program) - 4) },
  'symbol-entry-size' => sub { put64(header('.symtab') + 56, 20) },
  'symbol-table-odd-size' => sub { put64(header('.symtab') + 32, size('.symtab') - 1) },
  'symbol-strings-unknown' => sub { put32(header('.symtab') + 40, 0xfef0) },
  'symbol-name-beyond-strings' => sub { put32(symbol_of_type(2), 0x7fffffff) },
  'symbol-section-unknown' => sub { put16(symbol_of_type(2) + 6, 0xfe00) },
  'function-beyond-section' => sub { put64(symbol_of_type(2) + 16, 1 << 20) },
  'function-half-instruction' => sub { put64(symbol_of_type(2) + 16, size($program) - 4) },
  'function-offset-wraps' => sub { put64(symbol_of_type(2) + 8, ~0 - 7) },
  'relocation-symbol-unknown' => sub { put32(start(".rel$program") + 12, 0xffffff) },
  'relocation-entry-size' => sub { put64(header(".rel$program") + 56, 24) },
  'relocation-table-odd-size' => sub { put64(header(".rel$program") + 32, size(".rel$program") - 3) },
  'relocation-half-instruction' => sub { put64(start(".rel$program"), 4) },
  'relocation-of-map-beyond-maps' => sub { put64(start('.rel.maps'), 1 << 20) },
  'btf-magic' => sub { put16($btf, 0xeb9e) },
  'btf-version' => sub { put($btf + 2, "\x63") },
  'btf-header-length' => sub { put32($btf + 4, 0xfffffff0) },
  'btf-header-length-small' => sub { put32($btf + 4, 8) },
  'btf-types-beyond-section' => sub { put32($btf + 12, 0x7ffffff0) },
  'btf-types-end-inside-a-type' => sub { put32($btf + 12, u32($btf + 12) - 4) },
  'btf-strings-beyond-section' => sub { put32($btf + 20, 0x7ffffff0) },
  'btf-strings-wrap' => sub { put32($btf + 16, 0xfffffff0) },
  'btf-strings-without-last-nul' => sub { put($strings_end - 1, 'x') },
  'btf-name-beyond-strings' => sub { put32(type(4), 0x7fffffff) },
  'btf-kind-unknown' => sub { put32(type(2) + 4, 31 << 24) },
  'btf-members-absurd' => sub { put32(type(4) + 4, 4 << 24 | 0xffff) },
  'btf-type-unknown' => sub { put32(type(2) + 8, 0x7fffffff) },
  'btf-variable-type-unknown' => sub { put32(type(14) + 8, 0x7fffffff) },
  'btf-member-type-unknown' => sub { put32(type(4) + 12 + 4, 0x7fffffff) },
  'btf-section-entry-unknown' => sub { put32(type(15) + 12, 0x7fffffff) },
  'btf-section-entry-no-variable' => sub { put32(type(15) + 12, (types(1))[0]) },
  'btf-cycle-of-variable' => sub {
    my $typedef = (types(8))[0] // die;
    put32($types[$typedef][1] + 8, $typedef);
    put32(type(14) + 8, $typedef);
  },
  'btf-cycle-of-member' => sub {
    my $pointer = (types(2))[0];
    put32($types[$pointer][1] + 4, 10 << 24);
    put32($types[$pointer][1] + 8, $pointer);
    put32(type(4) + 12 + 4, $pointer);
  },
  'btf-cycle-of-arrays' => sub {
    my $array = (types(3))[0];
    put32($types[$array][1] + 12, $array);
    put32(type(14) + 8, $array);
  },
  'map-name-twice' => sub { put32(type(14, 1), u32(type(14, 0))) },
  'map-beyond-section' => sub { put32(maps_section() + 12 + 4, 0x7fffff00) },
  'ext-magic' => sub { put16($ext, 0xeb9e) },
  'ext-header-length' => sub { put32($ext + 4, 0x7ffffff0) },
  'ext-functions-beyond-section' => sub { put32($ext + 12, 0x7ffffff0) },
  'ext-lines-wrap' => sub { put32($ext + 16, 0xfffffff0) },
  'ext-record-size-0' => sub { put32($functions, 0) },
  'ext-record-size-absurd' => sub { put32($lines, 0x7ffffff0) },
  'ext-record-count-absurd' => sub { put32($lines + 8, 0x0fffffff) },
  'ext-section-name-beyond-strings' => sub { put32($functions + 4, 0x7fffffff) },
);

# The DATASEC .maps.
sub maps_section {
  for my $id (types(15)) {
    my $name = $btf + u32($btf + 4) + u32($btf + 16) + u32($types[$id][1]);
    return $types[$id][1] if unpack('Z*', substr($good, $name, 20)) eq '.maps';
  }
  die "no DATASEC .maps\n";
}

for my $case (sort keys %cases) {
  $bytes = $good;
  $cases{$case}->();
  die "$case: nothing changed\n" if $bytes eq $good;
  open(my $out, '>:raw', "$folder/$case.bpf.o") or die "$folder/$case.bpf.o: $!\n";
  print $out $bytes;
  close($out) or die "$folder/$case.bpf.o: $!\n";
  print "$case\n";
}
