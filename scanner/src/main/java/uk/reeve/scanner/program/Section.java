package uk.reeve.scanner.program;

/// A part of a program.
///
/// @param name empty where the file keeps none
/// @param address where it lies in memory
/// @param at where it begins in the file
/// @param size bytes in the file
/// @param isData whether the program may write to it while it runs
record Section(String name, long address, long at, long size, boolean isData) {

    boolean holds(long other) {
        return Long.compareUnsigned(other, address) >= 0 && other - address >= 0 && other - address < size;
    }
}
