package uk.reeve.scanner;

/// Has a name that the person knows it by.
interface Shown {

    String shown();
}
