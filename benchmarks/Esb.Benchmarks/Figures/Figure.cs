namespace Esb.Benchmarks.Figures;

/// <summary>One row: a measurement, and what bare programs took in the same run.</summary>
/// <param name="What">The description.</param>
/// <param name="Unit">The unit of floor and value.</param>
/// <param name="Floor">Null if there is nothing to compare with.</param>
/// <param name="Value">NaN if it could not be measured.</param>
/// <param name="Goal">The goal for the value or the ratio.</param>
internal sealed record Figure(string What, string Unit, double? Floor, double Value, Goal Goal)
{
    public double? Ratio => Floor is { } floor ? Value / floor : null;

    /// <summary>Whether the goal is reached; null if there is none.</summary>
    public bool? Reached => Goal.IsReached(Value, Ratio);
}

/// <summary>A limit for a value or a ratio.</summary>
internal sealed record Goal(GoalKind Kind, double Limit)
{
    /// <summary>No goal: measured for information.</summary>
    public static readonly Goal None = new(GoalKind.None, 0);

    public static Goal AtMost(double value) => new(GoalKind.ValueAtMost, value);

    public static Goal RatioAtMost(double ratio) => new(GoalKind.RatioAtMost, ratio);

    public static Goal RatioAtLeast(double ratio) => new(GoalKind.RatioAtLeast, ratio);

    public bool? IsReached(double value, double? ratio) => Kind switch
    {
        GoalKind.ValueAtMost => value <= Limit,
        GoalKind.RatioAtMost => ratio <= Limit,
        GoalKind.RatioAtLeast => ratio >= Limit,
        _ => null,
    };
}

/// <summary>The kinds of goals.</summary>
internal enum GoalKind
{
    None,
    ValueAtMost,
    RatioAtMost,
    RatioAtLeast,
}
