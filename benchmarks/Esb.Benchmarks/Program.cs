using Esb.Benchmarks;

return args switch
{
    ["bare", var port] => await BareServer.RunAsync(int.Parse(port)),
    ["http", var url, var clients, var requests] => await HttpLoad.RunAsync(new Uri(url), int.Parse(clients), int.Parse(requests)),
    ["live", var folder, var url] => await WriteToLive.RunAsync(folder, new Uri(url)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bare PORT | http URL CLIENTS REQUESTS | live CONFIG_DIR GATEWAY_URL");
    return 2;
}
