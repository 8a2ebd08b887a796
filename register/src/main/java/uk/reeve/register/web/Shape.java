package uk.reeve.register.web;

/// The signs beside words of urgency and verdict, told apart without colour; `web/shape.jte` draws them.
public enum Shape {
    SOLID_TRIANGLE,
    HALF_TRIANGLE,
    OUTLINED_TRIANGLE,
    TRIANGLE_WITH_QUESTION,
    DASH,
    BARRED_CIRCLE,
    TICK,
    CIRCLE_WITH_QUESTION,
    DASHED_SQUARE
}
