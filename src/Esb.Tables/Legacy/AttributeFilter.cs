using System.Text.Json;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameters QueryFilter and ScanFilter.</summary>
public static class AttributeFilter
{
    /// <summary>Reads one as a condition.</summary>
    /// <param name="filter">The parameter.</param>
    /// <param name="conditionalOperator">The parameter ConditionalOperator: AND, OR, or null.</param>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static Condition Read(JsonElement filter, string? conditionalOperator) =>
        throw new NotImplementedException();
}
