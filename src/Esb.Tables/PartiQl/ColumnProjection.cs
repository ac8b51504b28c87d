using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>
/// The columns of SELECT. Unlike a part of a projection expression, each column becomes an attribute of its own. Its
/// name is the last name in the path with all indexes after it: <c>b[0]</c> for <c>a.b[0]</c>.
/// </summary>
/// <param name="paths">The paths of the columns.</param>
internal sealed class ColumnProjection(IReadOnlyList<AttributePath> paths) : Projection(paths)
{
    /// <inheritdoc />
    public override MapValue Apply(MapValue item)
    {
        var columns = new Dictionary<string, AttributeValue>();
        foreach (var path in Paths)
        {
            if (path.In(item) is { } value)
                columns[NameOf(path)] = value;
        }
        return new MapValue(columns);
    }

    private static string NameOf(AttributePath path)
    {
        var name = path.Root;
        foreach (var step in path.Steps)
            name = step is MemberStep member ? member.Name : name + step;
        return name;
    }
}
