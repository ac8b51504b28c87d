using Esb.Tables.Errors;

namespace Esb.Tables.Operations;

/// <summary>Builds and reads the Amazon Resource Names of tables, indexes and streams.</summary>
/// <param name="region">The region, such as <c>us-east-1</c>.</param>
/// <param name="account">The account, 12 digits.</param>
internal sealed class TableArns(string region, string account)
{
    public string Region => region;

    public string Account => account;

    public string Table(string name) => $"arn:aws:dynamodb:{region}:{account}:table/{name}";

    public string Index(string table, string index) => $"{Table(table)}/index/{index}";

    public string Stream(string table, string label) => $"{Table(table)}/stream/{label}";

    /// <summary>The table that an ARN in a request names.</summary>
    /// <param name="arn">The ARN, or null if the request has none.</param>
    /// <param name="operation">The name of the operation, which one of AWS's messages contains.</param>
    /// <exception cref="TableException">The ARN is missing, or is not the ARN of a table.</exception>
    public string TableOf(string? arn, string operation)
    {
        RequireArn(arn, operation);
        return NameIn(arn!);
    }

    /// <summary>Checks an ARN as AWS does before it checks the rest of a request.</summary>
    /// <exception cref="TableException">The ARN is missing, or does not have the form of an ARN.</exception>
    public void RequireArn(string? arn, string operation)
    {
        if (arn is null)
            throw TableException.Validation("Invalid TableArn");
        var parts = arn.Split(':');
        if (parts.Length >= 6 && parts.All(part => part.Length > 0) && parts[5..].Any(HasPath))
            return;
        throw new TableException(
            "AccessDeniedException",
            $"User: arn:aws:iam::{account}:user/esb is not authorized to perform: dynamodb:{operation} on resource: "
            + (arn.Length == 0 ? "*" : arn));

        static bool HasPath(string part) => part.IndexOf('/', StringComparison.Ordinal) > 0 && !part.EndsWith('/');
    }

    /// <summary>The name of the table in a text that has the form of an ARN.</summary>
    /// <exception cref="TableException">The text is not the ARN of a table.</exception>
    public static string NameIn(string arn)
    {
        const string Table = "table/";
        var parts = arn.Split(':');
        var name = parts[^1].StartsWith(Table, StringComparison.Ordinal) ? parts[^1][Table.Length..] : "";
        var isArn = arn.StartsWith("arn:aws:dynamodb:", StringComparison.Ordinal) && parts.Length == 6
            && parts[4].All(char.IsAsciiDigit) && name.Length >= 3 && !name.Contains('/', StringComparison.Ordinal);
        return isArn
            ? name
            : throw TableException.Validation($"Invalid TableArn: Invalid ResourceArn provided as input {arn}");
    }
}
