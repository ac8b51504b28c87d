using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>A condition that is true if all of several conditions are.</summary>
/// <param name="Conditions">The conditions; without any, the result is true.</param>
public sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Conditions.SelectMany(condition => condition.Paths);

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Conditions.All(condition => condition.IsTrue(item));
}

/// <summary>A condition that is true if at least one of several conditions is.</summary>
/// <param name="Conditions">The conditions; without any, the result is false.</param>
public sealed record AnyCondition(IReadOnlyList<Condition> Conditions) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Conditions.SelectMany(condition => condition.Paths);

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Conditions.Any(condition => condition.IsTrue(item));
}

/// <summary>A condition that is true if another condition is not.</summary>
/// <param name="Negated">The condition that is negated.</param>
public sealed record NotCondition(Condition Negated) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Negated.Paths;

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => !Negated.IsTrue(item);
}
