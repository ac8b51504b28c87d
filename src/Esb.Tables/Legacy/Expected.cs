using System.Text.Json;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter Expected of writes.</summary>
public static class Expected
{
    /// <summary>Reads it as a condition.</summary>
    /// <param name="expected">The parameter.</param>
    /// <param name="conditionalOperator">The parameter ConditionalOperator: AND, OR, or null.</param>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static Condition Read(JsonElement expected, string? conditionalOperator) =>
        throw new NotImplementedException();
}
