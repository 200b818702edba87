# Serves the page from a container: docker build --tag pellucid . && docker run --publish 8000:8000 pellucid

FROM python:3.13-slim AS build
WORKDIR /source
# An older pip does not know --build-constraint.
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore pip==26.3
COPY . .
# pip takes no hashes beside a folder, so that only the versions are left.
RUN sed -n 's/^\([A-Za-z0-9][^ ]*==[^\\]*\).*/\1/p' constraints.txt > versions.txt
RUN python -m venv --without-pip /pellucid \
 && pip --python /pellucid install --no-cache-dir --constraint versions.txt --build-constraint versions.txt .

FROM python:3.13-slim
COPY --from=build /pellucid /pellucid
ENV PATH=/pellucid/bin:$PATH PORT=8000
EXPOSE 8000
USER 10001:10001
HEALTHCHECK CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=5)"]
CMD ["pellucid", "--host", "0.0.0.0", "--no-browser"]
