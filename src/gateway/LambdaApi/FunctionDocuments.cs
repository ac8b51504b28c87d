using System.Globalization;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.LambdaApi;

/// <summary>Creates the Lambda API's answers about functions.</summary>
internal static class FunctionDocuments
{
    private const int DefaultItems = 50;

    public static Task ListAsync(HttpContext context, Snapshot snapshot, string region)
    {
        var query = context.Request.Query;
        var isNumber = int.TryParse(query["MaxItems"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked);
        var most = isNumber && asked > 0 ? Math.Min(asked, DefaultItems) : DefaultItems;
        var marker = query["Marker"].ToString();
        var rest = snapshot.Functions.Values.Where(f => string.CompareOrdinal(f.Name, marker) > 0)
            .OrderBy(f => f.Name, StringComparer.Ordinal).Take(most + 1).ToList();
        var page = new FunctionPage(
            [.. rest.Take(most).Select(f => FunctionConfiguration.Of(f, snapshot, region))],
            rest.Count > most ? rest[most - 1].Name : null);
        return JsonReply.WriteAsync(context, StatusCodes.Status200OK, page, FunctionJson.Default.FunctionPage);
    }

    public static Task FunctionAsync(HttpContext context, FunctionEntry function, Snapshot snapshot, string region)
    {
        var isReserved = function.Pool.Limits.Reserved is not null;
        var description = new FunctionDescription(
            FunctionConfiguration.Of(function, snapshot, region), isReserved ? Concurrency(function) : null);
        return JsonReply.WriteAsync(
            context, StatusCodes.Status200OK, description, FunctionJson.Default.FunctionDescription);
    }

    public static Task ConfigurationAsync(
        HttpContext context, FunctionEntry function, Snapshot snapshot, string region)
    {
        var configuration = FunctionConfiguration.Of(function, snapshot, region);
        return JsonReply.WriteAsync(
            context, StatusCodes.Status200OK, configuration, FunctionJson.Default.FunctionConfiguration);
    }

    public static Task ConcurrencyAsync(HttpContext context, FunctionEntry function) => JsonReply.WriteAsync(
        context, StatusCodes.Status200OK, Concurrency(function), FunctionJson.Default.FunctionConcurrency);

    private static FunctionConcurrency Concurrency(FunctionEntry function) => new(function.Pool.Limits.Reserved);
}
