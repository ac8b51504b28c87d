namespace Esb.Benchmarks.Figures;

/// <summary>One row: what was measured, beside what bare programs took in the same run.</summary>
/// <param name="What">For people.</param>
/// <param name="Unit">Of floor and value.</param>
/// <param name="Floor">Null when there is nothing to compare with.</param>
/// <param name="Value">NaN when it could not be measured.</param>
/// <param name="Goal">What is to be reached.</param>
internal sealed record Figure(string What, string Unit, double? Floor, double Value, Goal Goal)
{
    public double? Ratio => Floor is { } floor ? Value / floor : null;

    /// <summary>Null when there is no goal.</summary>
    public bool? Reached => Goal.IsReached(Value, Ratio);
}

/// <summary>A limit of a value or of a ratio.</summary>
internal sealed record Goal(GoalKind Kind, double Limit)
{
    /// <summary>Measured for information.</summary>
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

/// <summary>What a goal limits.</summary>
internal enum GoalKind
{
    None,
    ValueAtMost,
    RatioAtMost,
    RatioAtLeast,
}
