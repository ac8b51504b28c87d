namespace Esb.Tables.Expressions;

/// <summary>A document path: an attribute, or a position within its maps and lists.</summary>
/// <param name="Root">The name of the attribute.</param>
/// <param name="Steps">The steps within the attribute's value.</param>
public sealed record AttributePath(string Root, IReadOnlyList<PathStep> Steps)
{
    /// <summary>Creates the path of a whole attribute.</summary>
    public AttributePath(string root)
        : this(root, [])
    {
    }

    /// <inheritdoc />
    public bool Equals(AttributePath? other) =>
        other is not null && Root == other.Root && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() =>
        Steps.Aggregate(Root.GetHashCode(StringComparison.Ordinal), (hash, step) => HashCode.Combine(hash, step));

    /// <summary>The path as DynamoDB shows it in messages, such as <c>[a, [0], b]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", [Root, .. Steps.Select(step => step.ToString())])}]";
}

/// <summary>One step of a path.</summary>
public abstract record PathStep
{
    private protected PathStep()
    {
    }
}

/// <summary>A step to a member of a map.</summary>
/// <param name="Name">The name of the member.</param>
public sealed record MemberStep(string Name) : PathStep
{
    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>A step to an element of a list.</summary>
/// <param name="Index">The index of the element, from 0.</param>
public sealed record ElementStep(int Index) : PathStep
{
    /// <inheritdoc />
    public override string ToString() => $"[{Index}]";
}
