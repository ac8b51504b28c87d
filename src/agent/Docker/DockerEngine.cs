using System.Text.Json;

namespace Esb.Agent.Docker;

/// <summary>
/// The calls of the Engine API that workers need. Source: Docker, "Engine API". All throw <see cref="EngineException"/>
/// when the engine answers with an error and <see cref="Backends.EngineUnavailableException"/> when it does not answer.
/// </summary>
internal sealed class DockerEngine(EngineConnection connection)
{
    private const int NotFound = 404;
    private const int Conflict = 409;

    /// <summary>Null when the engine does not have it.</summary>
    public async Task<InspectedImage?> FindImageAsync(string image)
    {
        try
        {
            return await connection.ReadAsync(
                HttpMethod.Get, $"/images/{Uri.EscapeDataString(image)}/json", EngineJson.Default.InspectedImage);
        }
        catch (EngineException e) when (e.Status == NotFound)
        {
            return null;
        }
    }

    /// <summary>Makes the engine pull an image from its registry.</summary>
    public async Task PullAsync(string image)
    {
        using var response = await connection.SendAsync(
            HttpMethod.Post, $"/images/create?fromImage={Uri.EscapeDataString(image)}");
        await connection.CallAsync(async () =>
        {
            using var progress = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await progress.ReadLineAsync() is { } line)
            {
                if (JsonSerializer.Deserialize(line, EngineJson.Default.EngineMessage)?.Error is { } error)
                    throw new EngineException(NotFound, error);
            }

            return true;
        });
    }

    public Task<InspectedNetwork> InspectNetworkAsync(string network) =>
        connection.ReadAsync(
            HttpMethod.Get, $"/networks/{Uri.EscapeDataString(network)}", EngineJson.Default.InspectedNetwork);

    /// <returns>The id.</returns>
    public async Task<string> CreateAsync(string name, CreateContainer container)
    {
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
            container, EngineJson.Default.CreateContainer));
        body.Headers.ContentType = new("application/json");
        return (await connection.ReadAsync(
            HttpMethod.Post, $"/containers/create?name={name}", EngineJson.Default.CreatedContainer, body)).Id;
    }

    public Task StartAsync(string id) => connection.CallAsync(HttpMethod.Post, $"/containers/{id}/start");

    public Task<InspectedContainer> InspectAsync(string id) =>
        connection.ReadAsync(HttpMethod.Get, $"/containers/{id}/json", EngineJson.Default.InspectedContainer);

    /// <summary>Completes when the container has ended.</summary>
    public async Task<uint> WaitAsync(string id) =>
        (await connection.ReadAsync(
            HttpMethod.Post, $"/containers/{id}/wait", EngineJson.Default.EndedContainer)).StatusCode;

    /// <summary>The past and future output, in frames, each with the time at which the engine read it.</summary>
    public Task<HttpResponseMessage> FollowLogsAsync(string id) =>
        connection.SendAsync(HttpMethod.Get, $"/containers/{id}/logs?follow=1&stdout=1&stderr=1&timestamps=1");

    /// <summary>Does nothing when the container is not running.</summary>
    public async Task SignalAsync(string id, string signal)
    {
        try
        {
            await connection.CallAsync(HttpMethod.Post, $"/containers/{id}/kill?signal={signal}");
        }
        catch (EngineException e) when (e.Status is NotFound or Conflict)
        {
            // The container has ended.
        }
    }

    /// <summary>
    /// Kills the container if it is running, and removes it. A container that does not exist counts as removed.
    /// </summary>
    public async Task RemoveAsync(string id)
    {
        try
        {
            await connection.CallAsync(HttpMethod.Delete, $"/containers/{id}?force=1&v=1");
        }
        catch (EngineException e) when (e.Status is NotFound or Conflict)
        {
            // The container is already gone, or somebody else is removing it.
        }
    }

    /// <summary>All containers with a label, running or not.</summary>
    public Task<ListedContainer[]> ListAsync(string label, string value)
    {
        var filter = Uri.EscapeDataString($$"""{"label":["{{JsonEncodedText.Encode($"{label}={value}")}}"]}""");
        return connection.ReadAsync(
            HttpMethod.Get, $"/containers/json?all=1&filters={filter}", EngineJson.Default.ListedContainerArray);
    }
}
