namespace Esb.Schema.Routing;

/// <summary>A key that clients send as <c>x-api-key</c>, with the limits of its usage plan.</summary>
/// <param name="Name">The name by which deploys replace it; also its id in events.</param>
/// <param name="Value">The key itself; null when it is in an environment variable.</param>
/// <param name="ValueVariable">
/// The environment variable of the gateway with the key; null when the key is in the file.
/// </param>
/// <param name="Rate">Requests per second; null for no limit.</param>
/// <param name="Burst">Concurrent requests; null for as many as <paramref name="Rate"/>.</param>
/// <param name="Quota">Requests per period; null for no limit.</param>
/// <param name="Apis">The APIs that it opens; null for all, an empty list for none.</param>
public sealed record ApiKeyDefinition(
    string Name,
    string? Value,
    string? ValueVariable,
    double? Rate,
    int? Burst,
    ApiKeyQuota? Quota,
    IReadOnlyList<OpenedApi>? Apis)
{
    /// <summary>
    /// The application that it belongs to, and whose APIs it opens; null for those of all applications.
    /// </summary>
    public string? Application { get; init; }

    /// <summary>Whether it is enabled; a disabled key is known and refused.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether the key may open any API at all.</summary>
    public bool OpensSomething => Enabled && (Apis is null || Apis.Count > 0);

    /// <summary>Whether it opens the routes of an API. Only this method decides that.</summary>
    /// <param name="api">The API of the route.</param>
    /// <param name="stage">The stage of the route, including the default one.</param>
    public bool Opens(RouteApi api, string stage)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (!Enabled || (Application is not null && Application != api.Application))
            return false;
        if (Apis is null)
            return true;
        foreach (var opened in Apis)
        {
            if (opened.Api == api.Name && (opened.Stage is null || opened.Stage == stage))
                return true;
        }

        return false;
    }

    /// <summary>Everything but the secret, which printing a record must never show.</summary>
    public override string ToString() => $"{nameof(ApiKeyDefinition)} {{ Name = {Name} }}";
}

/// <summary>The number of requests that a key allows in a period.</summary>
/// <param name="Limit">Requests.</param>
/// <param name="Period">The period.</param>
/// <param name="Offset">The number of requests that the first period lacks.</param>
public sealed record ApiKeyQuota(int Limit, QuotaPeriod Period, int Offset = 0);

/// <summary>
/// The periods of API Gateway's quotas. Each begins at midnight UTC, a week on Monday and a month on its first day.
/// </summary>
public enum QuotaPeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,
}
