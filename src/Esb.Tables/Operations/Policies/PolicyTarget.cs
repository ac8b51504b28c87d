using System.Globalization;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Policies;

/// <summary>Finds the table whose policy a request concerns, and checks the revision that it expects.</summary>
internal static class PolicyTarget
{
    private const string Missing = "Resource-based policy not found for the provided ResourceArn: ";

    public static readonly (string Name, Shape Shape) Arn =
        ("ResourceArn", new TextShape { IsRequired = true, Shortest = 1, Longest = 1283 });

    public static readonly (string Name, Shape Shape) ExpectedRevision =
        ("ExpectedRevisionId", new TextShape { Shortest = 1, Longest = 255 });

    /// <exception cref="TableException">There is no such table.</exception>
    public static TableDefinition Find(ReadSession session, string name) =>
        session.FindTable(name) ?? throw ResourceErrors.TableNotFound(name);

    /// <exception cref="TableException">The table has another revision of its policy, or none.</exception>
    public static void RequireRevision(Input input, TableDefinition table)
    {
        var expected = input.Text("ExpectedRevisionId");
        var current = table.ResourcePolicy?.Revision.ToString(CultureInfo.InvariantCulture);
        if (expected is null || expected == (current ?? "NO_POLICY"))
            return;
        throw Error(
            expected == "NO_POLICY"
                ? $"Requested policy update expecting none to be present for table {table.Name}, but a policy exists "
                    + $"with revision id {current}."
            : current is null
                ? $"Requested update for policy with revision id {expected}, but no policy is associated to target "
                    + $"table {table.Name}."
            : $"Requested update for policy with revision id {expected}, but the policy associated to target table "
                + $"{table.Name} has revision id {current}.");
    }

    public static TableException NotFound(string arn) => Error(arn);

    public static ReadOnlyMemory<byte> Revision(ResourcePolicy policy) => Answer.Of(
        json => json.WriteString("RevisionId", policy.Revision.ToString(CultureInfo.InvariantCulture)));

    private static TableException Error(string detail) => new("PolicyNotFoundException", Missing + detail);
}
