using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>All of several conditions.</summary>
/// <param name="Conditions">The conditions; true if there are none.</param>
public sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Conditions.SelectMany(condition => condition.Paths);

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Conditions.All(condition => condition.IsTrue(item));
}

/// <summary>One of several conditions.</summary>
/// <param name="Conditions">The conditions; false if there are none.</param>
public sealed record AnyCondition(IReadOnlyList<Condition> Conditions) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Conditions.SelectMany(condition => condition.Paths);

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Conditions.Any(condition => condition.IsTrue(item));
}

/// <summary>The opposite of a condition.</summary>
/// <param name="Negated">The condition.</param>
public sealed record NotCondition(Condition Negated) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Negated.Paths;

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => !Negated.IsTrue(item);
}
