using Esb.Tables.Errors;
using Esb.Tables.Expressions;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter ConditionalOperator.</summary>
public static class ConditionalOperators
{
    /// <summary>
    /// Fails if the operator is given, but there are not at least two conditions that it could connect.
    /// </summary>
    /// <param name="conditionalOperator">The parameter: AND, OR, or null.</param>
    /// <param name="conditions">The number of conditions of Expected, QueryFilter or ScanFilter.</param>
    /// <exception cref="TableException">The operator has nothing to connect.</exception>
    public static void Require(string? conditionalOperator, int conditions)
    {
        if (conditionalOperator is not null && conditions < 2)
            throw TableException.Validation(
                conditions == 0
                    ? "ConditionalOperator cannot be used without Filter or Expected"
                    : "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }

    /// <summary>Combines conditions with the operator.</summary>
    internal static Condition Connect(string? conditionalOperator, IReadOnlyList<LegacyTest> tests)
    {
        Require(conditionalOperator, tests.Count);
        Condition[] conditions = [.. tests.Select(test => test.ToCondition())];
        return conditionalOperator == "OR" ? new AnyCondition(conditions) : new AllCondition(conditions);
    }
}
